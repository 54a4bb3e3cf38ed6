import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { wasmPlugin } from '../../../workers/build/wasm-build.ts';

/** The benchmark page uses the worker as the app builds it, and is not part of the app's build. */
export default defineConfig({
  plugins: [wasmPlugin],
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  build: {
    target: 'es2023',
    outDir: fileURLToPath(new URL('../data/page', import.meta.url)),
    emptyOutDir: true,
  },
  worker: { format: 'es' },
});
