/** `npm start [-- --port N]`: builds the page, serves it and prints its address. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { serveFolder } from '../serving/static-server.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LAST_TRIES = 20;
/** Not `localhost`: the browser may have a stored page for it, and the files change with each build. */
const HOST = '127.0.0.1';

const { values } = parseArgs({ options: { port: { type: 'string', default: '4173' } } });
const build = spawnSync('npm', ['run', '--silent', 'build', '--', '--logLevel', 'warn'], {
  cwd: ROOT,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (build.status !== 0) process.exit(1);

for (let port = Number(values.port), tries = 0; ; port++, tries++) {
  try {
    await serveFolder({ folder: `${ROOT}dist`, port, host: HOST });
    process.stdout.write(`Heapscape is at http://${HOST}:${port}/ (Ctrl+C ends it)\n`);
    break;
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (!taken || tries === LAST_TRIES) throw error;
  }
}
