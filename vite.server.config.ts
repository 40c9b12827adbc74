// The command line's server as one file with lazy chunks: loading some 300 small modules from
// node_modules takes longer than all the rest of starting. The library entry stays unbundled.
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  logLevel: 'warn',
  // Vite itself is for --dev only, and finds its own files beside it.
  ssr: { noExternal: true, external: ['vite'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/mock-server',
    emptyOutDir: false,
    sourcemap: true,
    minify: true,
    rolldownOptions: {
      input: 'mock-server/cli.ts',
      output: { entryFileNames: 'cli.js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
