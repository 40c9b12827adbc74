import path from 'node:path';
import type { Plugin } from 'vite';

/** Modules of libraries and what stands in for them in the scripts; each file says why and what it saves. */
const standIns: Record<string, string> = {
  'zod/mini': 'schema.ts',
  '@tanstack/lit-query': 'query.ts',
  '@lit/task': 'task.ts',
  '@lit/reactive-element/css-tag.js': 'css.ts',
  '@tanstack/query-core/focusManager.js': 'page-state.ts',
  '@tanstack/query-core/notifyManager.js': 'batch.ts',
  '@tanstack/query-core/onlineManager.js': 'page-state.ts',
  '@tanstack/query-core/timeoutManager.js': 'timers.ts',
};

/** Swaps the stand-ins in. */
export function swapStandIns(): Plugin {
  return {
    name: 'inlay:stand-ins',
    enforce: 'pre',
    resolveId(id, importer = '') {
      const file = standIns[id.replace(/^\.\//, `${packageOf(importer)}/`)];
      return file ? path.resolve('src/stand-ins', file) : null;
    },
  };
}

/** The name of the library that a file belongs to; empty for files of our own. */
function packageOf(file: string): string {
  return /node_modules\/((?:@[\w-]+\/)?[\w-]+)\/(?!.*node_modules)/.exec(file)?.[1] ?? '';
}
