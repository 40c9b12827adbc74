import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

/** Style sheets come first; then these, and of each what has templates last. */
const tiers = ['data', 'live', 'client', 'runtime', 'kit', 'elements'];

/**
 * Puts modules that are alike side by side: gzip looks back 32 kB, and finds a style sheet's
 * declarations in the one before it. Modules stand in the order in which they are imported, so
 * the entry imports them in that one before all else; what it does not use is shaken out.
 */
export function arrange(): Plugin {
  const rank = (file: string) => {
    if (file.endsWith('.styles.ts') || file === 'src/kit/styles.ts') return 0;
    const tier = tiers.indexOf(file.split('/')[1]!);
    return 1 + 2 * tier + (readFileSync(file, 'utf8').includes('html`') ? 1 : 0);
  };
  return {
    name: 'inlay:arrange',
    transform(code, id) {
      if (!this.getModuleInfo(id)?.isEntry) return undefined;
      const files = tiers
        .flatMap((tier) =>
          readdirSync(`src/${tier}`, { recursive: true }).map((file) => `src/${tier}/${file}`),
        )
        .filter((file) => file.endsWith('.ts') && !file.endsWith('define.ts'))
        .sort((a, b) => rank(a) - rank(b));
      const imports = files.map((file) => `import ${JSON.stringify(resolve(file))};`);
      return { code: imports.join('') + code, map: null };
    },
  };
}
