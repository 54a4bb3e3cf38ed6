/**
 * `npm run build [-- --logLevel LEVEL]`: builds the page and its service worker in `dist/`, and the command that serves
 * it in `bin/`.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, type InlineConfig, type LogLevel } from 'vite';
import { writeServiceWorker } from './service-worker.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { values } = parseArgs({ options: { logLevel: { type: 'string', default: 'info' } } });
const logLevel = values.logLevel as LogLevel;

/** A single file for Node that contains everything except Node's own modules. */
const COMMAND: InlineConfig = {
  configFile: false,
  root: ROOT,
  logLevel,
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'workers/heapscape.ts',
    outDir: 'bin',
    target: 'node20',
    minify: true,
    rollupOptions: { output: { codeSplitting: false } },
  },
};

await build({ root: ROOT, logLevel });
await writeServiceWorker(`${ROOT}dist`);
await build(COMMAND);
