/** Serves `dist` for the end-to-end tests under a given path: `tsx serve-build.ts PORT BASE`. */
import { fileURLToPath } from 'node:url';
import { serveFolder } from '../serving/static-server.ts';

const [port, base = '/'] = process.argv.slice(2);
await serveFolder({
  folder: fileURLToPath(new URL('../../dist', import.meta.url)),
  port: Number(port),
  base,
});
