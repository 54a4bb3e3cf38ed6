import type { SnapshotInfo } from '../protocol/rows.ts';
import { HeapSession } from '../service/heap-session.ts';
import { type DrawnHeap, heapFromText } from './heap-from-text.ts';

/** A drawn heap, open in a session of its own. */
export interface OpenHeap {
  session: HeapSession;
  info: SnapshotInfo;
  drawn: DrawnHeap;
  /** Index of a drawn object in the snapshot. */
  index(name: string): number;
  /** Drawn name of an object of the snapshot. */
  name(index: number): string;
}

/** Opens a heap drawn as text (see {@link heapFromText}) in a new session. */
export async function openHeap(drawing: string, referencesOnly = false): Promise<OpenHeap> {
  const drawn = heapFromText(drawing);
  const session = new HeapSession();
  const blob = new Blob([drawn.bytes as Uint8Array<ArrayBuffer>]);
  const outcome = await session.open(
    blob,
    { loadId: 1, name: 'drawn.json', referencesOnly },
    () => undefined,
  );
  if (!outcome.ok) throw new Error(outcome.problem.message);
  const names = drawing
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#') && !line.includes('=>'))
    .map(line => line.split(/\s/)[0]!);
  return {
    session,
    info: outcome.value,
    drawn,
    index: name => drawn.index(name),
    name: index => names[index] ?? `?${index}`,
  };
}
