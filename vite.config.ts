// Builds by mode: `esm` is dist/esm for pages without a bundler; the name of a script is that
// script for script tags, in dist/. Without a mode it serves the demo in development.
import { readdirSync } from 'node:fs';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { transform } from '@swc/core';
import { minify } from 'terser';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { arrange } from './scripts/arrange.js';
import { cutContract } from './scripts/cut-contract.js';
import { cutQueryCore } from './scripts/cut-query-core.js';
import { cutTexts } from './scripts/cut-texts.js';
import { scripts } from './scripts/scripts.js';
import { settleLit } from './scripts/settle-lit.js';
import { settleQueryCore } from './scripts/settle-query-core.js';
import { swapStandIns } from './scripts/stand-ins.js';
import { shareTrustedTypesPolicy } from './scripts/trusted-types.js';

/** Minifies html and css templates; one space stays between inline elements, where it is seen. */
function minifyTemplates(): Plugin {
  const plugin = minifyTemplateLiterals({
    include: 'src/**',
    // They have nothing to minify, and a call of `unsafeCSS` each, of which it would warn.
    exclude: ['src/stand-ins/**', 'src/kit/hues.ts'],
    options: {
      minifyOptions: {
        collapseWhitespace: true,
        conservativeCollapse: true,
        removeAttributeQuotes: true,
      },
    },
  });
  // Its types are Rollup's, whose plugins Vite runs but does not accept as types.
  return plugin as unknown as Plugin;
}

const minified = {
  compress: {
    ecma: 2020,
    passes: 3,
    pure_getters: true,
    unsafe_arrows: true,
    // gzip finds statements again, but no comma where it has seen a semicolon.
    sequences: false,
  },
  mangle: { toplevel: true },
} as const;

/** Two more minifiers after Vite's own find another 1 kB (gzip) in the whole script. */
function minifyAgain(): Plugin {
  return {
    name: 'inlay:minify-again',
    async generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const sourceMap = { content: JSON.stringify(chunk.map) };
        const once = await minify(chunk.code, { ecma: 2020, ...minified, sourceMap });
        const { code, map } = await transform(once.code!, {
          isModule: false,
          minify: true,
          sourceMaps: true,
          inputSourceMap: once.map as string,
          jsc: { target: 'es2022', minify: minified },
        });
        // The map ships beside it, unnamed: pages need not serve it.
        chunk.code = code;
        chunk.map = { ...chunk.map!, ...(JSON.parse(map!) as object) };
      }
    },
  };
}

/** One self-contained classic script: the same address works as plain, async, defer and module. */
function script(name: string): UserConfig['build'] {
  return {
    rolldownOptions: {
      input: scripts[name]!,
      checks: { pluginTimings: false },
      output: { format: 'iife', dir: 'dist', entryFileNames: `${name}.js`, codeSplitting: false },
    },
  };
}

const esm: UserConfig['build'] = {
  rolldownOptions: {
    input: esmEntries(),
    checks: { pluginTimings: false },
    // Without it the defining entries come out empty: they export nothing.
    preserveEntrySignatures: 'strict',
    output: {
      dir: 'dist/esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      minify: true,
    },
  },
};

function esmEntries(): Record<string, string> {
  const entries: Record<string, string> = { index: 'src/index.ts', define: 'src/define.ts' };
  for (const tag of readdirSync('src/elements')) {
    entries[tag] = `src/elements/${tag}/${tag}.ts`;
    entries[`${tag}/define`] = `src/elements/${tag}/define.ts`;
  }
  return entries;
}

export default defineConfig(({ mode, command }) => {
  if (command === 'serve') return { appType: 'custom', define: nodeEnv('development') };
  return {
    define: { ...nodeEnv('production'), ...(mode !== 'esm' && inBrowsers) },
    plugins: [
      minifyTemplates(),
      shareTrustedTypesPolicy(),
      ...(mode === 'esm'
        ? []
        : [
            arrange(),
            swapStandIns(),
            settleLit(),
            settleQueryCore(),
            cutContract(),
            cutQueryCore(),
            cutTexts(scripts[mode]!),
            minifyAgain(),
          ]),
    ],
    publicDir: false,
    logLevel: 'warn',
    build: {
      target: 'es2022',
      minify: 'oxc',
      sourcemap: true,
      modulePreload: false,
      emptyOutDir: false,
      ...(mode === 'esm' ? esm : script(mode)),
    },
  };
});

/** What scripts need not ask. */
const inBrowsers = { 'typeof document': '"object"', 'typeof XMLHttpRequest': '"function"' };

/** query-core reads it unguarded, and a page has no `process`. */
function nodeEnv(value: 'development' | 'production'): Record<string, string> {
  return { 'process.env.NODE_ENV': JSON.stringify(value) };
}
