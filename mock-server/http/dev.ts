import type { Server } from 'node:http';
import type { Express } from 'express';
import { mountPages, packageFolder } from './pages.js';

/** Serves the demo straight from the sources through Vite, with hot reload on the same port. */
export function mountSources(app: Express, server: Server): void {
  const demo = packageFolder('demo');
  const vite = import('vite').then(({ createServer }) =>
    createServer({ server: { middlewareMode: true, hmr: { server } }, appType: 'custom' }),
  );
  // What the built script does in a page, its source does here.
  const sources = {
    inlay: 'embed',
    'inlay.users': 'embed/users',
    'inlay.notifications': 'embed/notifications',
  };
  for (const [name, source] of Object.entries(sources)) {
    app.get([`/${name}.js`, `/1/${name}.js`], (_request, response) => {
      response.type('js').send(`import('/src/${source}.ts');\n`);
    });
  }
  app.get('/inlay.css', (_request, response) => response.redirect('/src/inlay.css?direct'));
  app.get(['/locales/:lang.json', '/1/locales/:lang.json'], async (request, response, next) => {
    const lang = String(request.params['lang']);
    const { ssrLoadModule } = await vite;
    const { languages } = await ssrLoadModule('/src/locales/languages.ts');
    if (!(languages as string[]).includes(lang)) return next();
    response.json((await ssrLoadModule(`/src/locales/${lang}.ts`))[lang]);
  });
  app.get('/esm/*path', (request, response) => {
    const path = request.path.replace(/^\/esm\/|\.js$/g, '');
    const isTop = path === 'index' || path === 'define';
    const [tag, file = tag] = path.split('/');
    response.redirect(isTop ? `/src/${path}.ts` : `/src/elements/${tag}/${file}.ts`);
  });
  app.use(async (request, response, next) => (await vite).middlewares(request, response, next));
  mountPages(app, demo);
}
