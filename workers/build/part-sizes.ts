/** Compares the size of each part, compressed with gzip, with its limit: part of `npm run check`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { gatherDocument } from '../document/document-data.ts';
import { htmlDocument } from '../document/html.ts';
import { HeapSession } from '../service/heap-session.ts';

const KIB = 1024;
const COMMAND = fileURLToPath(new URL('../../bin/heapscape.js', import.meta.url));
const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

const packedBytes = (content: string | Uint8Array) => gzipSync(content, { level: 9 }).length;
const packedFile = (path: string) => packedBytes(readFileSync(path));

/**
 * What a first visit needs for the start page. Not counted: code that is loaded on demand, and what is fetched in advance
 * once the page has appeared, which is the engine and the workspace.
 */
function shellBytes(): number {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  const linked = html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="\.\/([^"]+\.(?:js|css))"/g);
  const files = ['index.html', ...[...linked].map(match => match[1]!)];
  return files.reduce((sum, file) => sum + packedFile(join(DIST, file)), 0);
}

/** All scripts of the workers; or all others, such as the views and other code that is loaded on demand. */
function scriptBytes(ofWorkers: boolean): number {
  const folder = join(DIST, 'assets');
  const names = readdirSync(folder).filter(
    name => /\.(js|css)$/.test(name) && /\.worker-/.test(name) === ofWorkers,
  );
  return names.reduce((sum, name) => sum + packedFile(join(folder, name)), 0);
}

/** A report of a nearly empty heap: the size that every report has in common. */
async function reportTemplateBytes(): Promise<number> {
  const session = new HeapSession();
  const dump = new Blob([
    '{"type":"ROOT", "root":"vm", "references":["0x8"]}\n{"address":"0x8", "type":"OBJECT"}\n',
  ]);
  const outcome = await session.open(dump, { loadId: 1, name: 'a.json' }, () => undefined);
  if (!outcome.ok) throw new Error(outcome.problem.message);
  const options = { format: 'html', set: { kind: 'all' }, filter: '', link: null, strings: false } as const;
  const data = await gatherDocument((name, params) => session.ask(name, params), outcome.value, {
    ...options,
    pictures: [],
    madeAt: 0,
  });
  return packedBytes(htmlDocument(data));
}

const PARTS: [name: string, bytes: number, most: number][] = [
  ['shell: what a first visit loads', shellBytes(), 150 * KIB],
  ['shell, views and all else of the page', scriptBytes(false), 500 * KIB],
  ['workers', scriptBytes(true), 400 * KIB],
  ['service worker', packedFile(join(DIST, 'sw.js')), 16 * KIB],
  ['template of a report', await reportTemplateBytes(), 8 * KIB],
  ['command line', packedFile(COMMAND), 250 * KIB],
];
for (const [name, bytes, most] of PARTS) {
  process.stdout.write(`${String(bytes).padStart(8)} of at most ${String(most).padStart(8)}: ${name}\n`);
}
process.exitCode = PARTS.every(([, bytes, most]) => bytes <= most) ? 0 : 1;
