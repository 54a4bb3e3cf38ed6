import type { DoTask } from '../loading/scan-thread/messages.ts';
import type { Column } from './format.ts';
import type { PackedPart } from './part.ts';
import { readStored, type StoredPart } from './raw-part.ts';
import { buffersOfSide, type OpenedSide, unpackSide } from './side-part.ts';

/** The work on an index file that another thread does while this one does the rest. */
type IndexTask = { kind: 'unpack'; packed: PackedPart } | { kind: 'read'; stored: StoredPart };

/** Does these tasks, in the other thread. */
export const doIndexTask: DoTask = async given => {
  const task = given as IndexTask;
  if (task.kind === 'unpack') {
    const result = await unpackSide(task.packed);
    return { result, buffers: buffersOfSide(result) };
  }
  const result = await readStored(task.stored);
  return { result, buffers: result.map(({ buffer }) => buffer as ArrayBuffer) };
};

/** The second part of an index file, of either form. */
export interface SecondPart {
  unpack(packed: PackedPart): Promise<OpenedSide>;
  read(stored: StoredPart): Promise<Column[]>;
}

/** Without another thread. */
export const SECOND_PART_HERE: SecondPart = { unpack: unpackSide, read: readStored };

/** In another thread. Where that is lost, or fails, the work is done here, which also says what is wrong. */
export function secondPartIn(thread: { task(task: IndexTask): Promise<unknown> }): SecondPart {
  return {
    unpack: packed =>
      thread.task({ kind: 'unpack', packed }).then(
        result => result as OpenedSide,
        () => unpackSide(packed),
      ),
    read: stored =>
      thread.task({ kind: 'read', stored }).then(
        result => result as Column[],
        () => readStored(stored),
      ),
  };
}
