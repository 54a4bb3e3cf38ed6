import type { Bytes, Count } from '../protocol/units.ts';
import { roomForEdges } from './edge-buckets.ts';
import { SEARCH_ROW } from './scattered/choose-strategy.ts';
import { SpareColumns } from './spare-columns.ts';

/** How much of a heap has been read. */
export interface ReadSoFar {
  /** Of the file. */
  fraction: number;
  textBytes: Bytes;
  objects: Count;
  references: Count;
}

/** Indexes of less text take no time to build, and the start of a heap is mostly classes, which are not typical. */
const TELLING_BYTES: Bytes = 32 * 2 ** 20;
/** Part of the file that must be read before the rest is extrapolated. */
const TELLING_FRACTION = 0.1;
/**
 * Allocates more than the estimate, which is too low for packed files: some of the bytes read are not unpacked yet.
 * Unused room costs no memory.
 */
const MARGIN = 1.5;
/** Entries of a column per page of memory. */
const PAGE = 1024;

/**
 * Allocates the memory for the indexes while the heap is still being read. The first access to a page of new memory takes
 * up to 15 µs, which was half of the time for building the indexes, and until then their thread is idle. Touches only
 * what the objects read so far will need, so the peak of memory stays the same.
 */
export class ColumnsAhead {
  /** Columns with an entry for each object, two for each object, or one for each reference; null before the estimate. */
  #columns: { column: Uint32Array; per: 'object' | 'reference'; entries: number; touched: number }[] | null =
    null;

  /** Touches the memory for what was read since the last call. O(that). */
  follow(read: ReadSoFar): void {
    if (this.#columns === null) {
      if (read.textBytes < TELLING_BYTES || read.fraction < TELLING_FRACTION) return;
      this.#foretell(read);
    }
    for (const each of this.#columns!) {
      const count = each.per === 'object' ? read.objects : read.references;
      const end = Math.min(each.column.length, count * each.entries);
      while (each.touched < end) {
        each.column[each.touched] = 0;
        each.touched += PAGE;
      }
    }
  }

  #foretell({ fraction, objects, references }: ReadSoFar): void {
    const objectsAtLast = Math.ceil((objects / fraction) * MARGIN);
    // Each object has an edge to its class, but one edge of each object is in the depth-first tree.
    const edges = Math.ceil((references / fraction) * MARGIN) + objectsAtLast;
    const column = (per: 'object' | 'reference', entries: number, length: number) => ({
      column: new Uint32Array(length),
      per,
      entries,
      touched: 0,
    });
    const ofEdges = roomForEdges(objectsAtLast, edges);
    this.#columns = [
      // Numbers, vertices, parents, semidominators.
      ...[1, 2, 3, 4].map(() => column('object', 1, objectsAtLast)),
      // The forest. In heaps without locality the search uses the same memory for its rows before.
      column('object', 2, objectsAtLast * SEARCH_ROW),
      // Of the edges the sources, and halves of the targets.
      column('reference', 1, ofEdges),
      column('reference', 0.5, ofEdges / 2),
    ];
  }

  /** The columns, once all is read; none if the heap turned out larger than the estimate. */
  leave(objects: Count): SpareColumns {
    const spare = new SpareColumns();
    const columns = this.#columns ?? [];
    this.#columns = null;
    if (columns.every(({ per, column, entries }) => per !== 'object' || column.length >= objects * entries)) {
      for (const { column } of columns) spare.give(column);
    }
    return spare;
  }
}
