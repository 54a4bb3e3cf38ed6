/**
 * `npm run build [-- --logLevel LEVEL]`: builds the page and its service worker in `dist/`, and the command that serves
 * it in `bin/`.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, type LogLevel } from 'vite';
import { commandBuild } from './command-build.ts';
import { writeServiceWorker } from './service-worker.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { values } = parseArgs({ options: { logLevel: { type: 'string', default: 'info' } } });
const logLevel = values.logLevel as LogLevel;

await build({ root: ROOT, logLevel });
await writeServiceWorker(`${ROOT}dist`);
await build(commandBuild('bin', logLevel));
