import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { openParts } from '../files/node-byte-source.ts';
import type { NodeFile } from '../files/node-files.ts';
import { nodeFileContent } from '../serving/node-file-content.ts';
import type { ServedContent } from '../serving/served-content.ts';
import { serveFolder } from '../serving/static-server.ts';
import { openBrowser } from './browser.ts';
import { describeOpenError, refuse, STATUS, UsageError } from './outcome.ts';

export const OPEN_USAGE = 'heapscape [FILE…] [--port N] [--no-open]';

/** An address of its own rather than a name, which might resolve to a network's. */
const HOST = '127.0.0.1';
/** A path that leads to the page with the dumps: an address without a fragment survives every way to a browser. */
const DOOR = 'open';

/**
 * Serves the page and the given dumps on this machine, under a path that cannot be guessed, and opens it in the
 * browser. Resolves when the user ends it. `page`: the folder of the built page.
 */
export async function open(args: string[], page: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { port: { type: 'string', default: '0' }, 'no-open': { type: 'boolean', default: false } },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`There is no port ${values.port}.`);
  }
  if (!existsSync(page)) return refuse(`The page is not built: ${page} is missing. Run npm run build.`);

  let files: NodeFile[] = [];
  try {
    if (positionals.length > 0) files = await openParts(positionals);
  } catch (error) {
    return refuse(`${positionals.join(' ')}: ${describeOpenError(error)}`);
  }
  try {
    const base = `/${randomBytes(16).toString('hex')}/`;
    const server = await serveFolder({ folder: page, port, host: HOST, base, ...served(files) });
    const address = `http://${HOST}:${(server.address() as AddressInfo).port}${base}${DOOR}`;
    process.stdout.write(`Heapscape is at ${address} (Ctrl+C ends it)\n`);
    if (!values['no-open']) {
      const problem = await openBrowser(address);
      if (problem !== null) process.stderr.write(`Open that address in a browser: ${problem}\n`);
    }
    await untilEnded(server);
    return STATUS.done;
  } finally {
    for (const file of files) await file.close();
  }
}

/** The dumps, each in a folder of its own so that their names stay as they are, and the door to them. */
function served(files: readonly NodeFile[]) {
  const dumps = files.map((file, at) => ({ path: `dumps/${at + 1}/${file.name}`, file }));
  const besides = new Map<string, ServedContent>();
  for (const { path, file } of dumps) besides.set(path, nodeFileContent(file));
  // A URL as the value of a parameter: its escapes have to be escaped again.
  const escaped = (path: string) => path.split('/').map(encodeURIComponent).join('/').replaceAll('%', '%25');
  const links = dumps.map(({ path }) => `dump=./${escaped(path)}`);
  const fragment = links.length === 0 ? '' : `#${links.join('&')}`;
  return { besides, redirects: new Map([[DOOR, fragment]]), hostNames: [HOST, 'localhost'] };
}

/** Resolves when the process is told to end: by Ctrl+C or by its parent. */
function untilEnded(server: Server): Promise<void> {
  return new Promise(resolve => {
    const end = () => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
      server.close(() => resolve());
      server.closeAllConnections();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
  });
}
