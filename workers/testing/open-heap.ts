import { gzipSync } from 'node:zlib';
import { IMPORTERS } from '../importers/registry.ts';
import type { SnapshotInfo } from '../protocol/snapshot-info.ts';
import { HeapSession } from '../service/heap-session.ts';
import { drawnImporter } from './drawn-format.ts';
import { type DrawnHeap, heapFromText } from './heap-from-text.ts';

/** A drawn heap, open in a session of its own. */
export interface OpenHeap {
  session: HeapSession;
  info: SnapshotInfo;
  drawn: DrawnHeap;
  /** Index of a drawn object in the snapshot. */
  index(name: string): number;
  /** Drawn name of an object in the snapshot. */
  name(index: number): string;
}

/** Opens the text of a dump in a new session. `importers`: the formats that are recognized. */
export async function openText(
  text: string,
  { packed = false, referencesOnly = false, latin1 = false, importers = IMPORTERS } = {},
): Promise<{ session: HeapSession; info: SnapshotInfo }> {
  const bytes = latin1 ? Buffer.from(text, 'latin1') : new TextEncoder().encode(text);
  const blob = new Blob([(packed ? gzipSync(bytes) : bytes) as Uint8Array<ArrayBuffer>]);
  const session = new HeapSession(null, Number.POSITIVE_INFINITY, 1, importers);
  const options = { loadId: 1, name: 'test.json', referencesOnly };
  const outcome = await session.open(blob, options, () => undefined);
  if (!outcome.ok) throw new Error(outcome.problem.message);
  return { session, info: outcome.value };
}

/** Opens a drawn heap (see {@link heapFromText}) in a new session. Its objects go directly into columns. */
export async function openHeap(drawing: string, referencesOnly = false): Promise<OpenHeap> {
  return {
    ...(await openText(drawing, { referencesOnly, importers: [drawnImporter] })),
    ...namesOf(drawing),
  };
}

/** Opens a drawn heap as the dump that Ruby would write, for tests that compare with the oracle or re-read records. */
export async function openRubyHeap(drawing: string, referencesOnly = false): Promise<OpenHeap> {
  return { ...(await openText(heapFromText(drawing).text, { referencesOnly })), ...namesOf(drawing) };
}

function namesOf(drawing: string): Pick<OpenHeap, 'drawn' | 'index' | 'name'> {
  const drawn = heapFromText(drawing);
  const names = drawing
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#') && !line.includes('=>'))
    .map(line => line.split(/\s/)[0]!);
  return { drawn, index: name => drawn.index(name), name: index => names[index] ?? `?${index}` };
}
