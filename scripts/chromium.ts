// The browser of the tests: Chromium as an npm package carries it, so that a fresh machine needs
// no system install. `npx tsx scripts/chromium.ts` prints the executable's path.
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../node_modules/.cache/inlay-chromium', import.meta.url));

/** Flags for tests: no sandbox (root in containers), no GPU, none of the browser's own traffic. */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--font-render-hinting=none',
];

/**
 * Path of a Chromium to launch: `CHROME_PATH`, else the packaged one (Linux x64; unpacked once,
 * about 4 s), else an installed browser. Rejects with what to do when there is none.
 */
export async function chromiumExecutable(): Promise<string> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROME_PATH is "${chosen}", but no such file exists. Correct or unset it.`);
  }
  if (process.platform === 'linux' && process.arch === 'x64') return unpackedChromium();
  const installed = installedBrowsers().find((candidate) => existsSync(candidate));
  if (installed) return installed;
  throw new Error(
    `no browser found for ${process.platform} ${process.arch}: the packaged Chromium is for Linux x64 only. ` +
      'Install Chrome or Chromium, or set CHROME_PATH to its executable.',
  );
}

async function unpackedChromium(): Promise<string> {
  const require = createRequire(import.meta.url);
  // The package exports neither its archives nor its package.json; its main file is two folders down.
  const root = path.resolve(path.dirname(require.resolve('@sparticuz/chromium')), '../..');
  const manifest = await readFile(path.join(root, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const home = path.join(cache, version);
  const launcher = path.join(home, 'chromium.sh');
  if (existsSync(launcher)) return launcher;

  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(path.join(cache, 'unpack-'));
  try {
    const bin = path.join(root, 'bin');
    await Promise.all([
      inflate(path.join(bin, 'chromium.br'), path.join(work, 'chromium')),
      untar(path.join(bin, 'al2023.tar.br'), work),
      untar(path.join(bin, 'fonts.tar.br'), work),
    ]);
    await writeFile(path.join(work, 'fonts.conf'), fontsConf);
    await writeFile(path.join(work, 'chromium.sh'), launcherScript);
    await chmod(path.join(work, 'chromium'), 0o755);
    await chmod(path.join(work, 'chromium.sh'), 0o755);
    await publish(work, home);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return launcher;
}

/** One rename makes the folder appear whole; of two processes unpacking at once the first wins. */
async function publish(work: string, home: string): Promise<void> {
  try {
    await rename(work, home);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}

async function inflate(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}

async function untar(archive: string, into: string): Promise<void> {
  const tar = path.join(into, path.basename(archive, '.br'));
  await inflate(archive, tar);
  await run('tar', ['-xf', tar, '-C', into, '--no-same-owner']);
  await rm(tar);
}

// A launcher rather than variables for every caller: libnss3 and its kin come with the package and
// bare machines lack them, and without a font Chromium draws no text.
const launcherScript = `#!/bin/sh
home="$(dirname "$0")"
export LD_LIBRARY_PATH="$home/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="$home/fonts.conf"
exec "$home/chromium" "$@"
`;

const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

function installedBrowsers(): string[] {
  if (process.platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ];
  }
  if (process.platform === 'win32') {
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
      const base = process.env[variable];
      if (!base) return [];
      return [
        path.join(base, 'Google/Chrome/Application/chrome.exe'),
        path.join(base, 'Microsoft/Edge/Application/msedge.exe'),
      ];
    });
  }
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
    (name) => `/usr/bin/${name}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await chromiumExecutable());
