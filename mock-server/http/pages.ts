import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import cors from 'cors';
import express, { type Express } from 'express';

export interface PageFolders {
  /** Served at `/`. */
  demo: string;
  /** The build: `inlay.js` and its parts, `inlay.css`, `esm/` and `locales/`. */
  dist: string;
}

const minute = 60;

/** Serves the demo, and the built script as a site's pages would load it from elsewhere. */
export function mountDemo(app: Express, { demo, dist }: PageFolders): void {
  const anyOrigin = cors({ origin: '*' });
  const scripts = ['inlay.js', 'inlay.users.js', 'inlay.notifications.js'];
  for (const file of [...scripts, ...scripts.map((name) => `${name}.map`), 'inlay.css']) {
    app.get([`/${file}`, `/1/${file}`], anyOrigin, (_request, response) => {
      response.sendFile(file, { root: dist, maxAge: minute * 1000 });
    });
  }
  for (const folder of ['esm', 'locales']) {
    app.use(
      [`/${folder}`, `/1/${folder}`],
      anyOrigin,
      express.static(`${dist}/${folder}`, { index: false, redirect: false }),
    );
  }
  mountPages(app, demo);
}

/** The demo's own page, also at the addresses to which its notifications lead. */
export function mountPages(app: Express, demo: string): void {
  app.use(express.static(demo, { extensions: ['html'] }));
  app.get(['/projects', '/notes', '/team', '/exports', '/settings/:name'], (_request, response) => {
    response.sendFile('index.html', { root: demo });
  });
}

/** A folder of this package, whether this file is a source, built or bundled. */
export function packageFolder(name: 'demo' | 'dist'): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return path.join(folder, name);
}
