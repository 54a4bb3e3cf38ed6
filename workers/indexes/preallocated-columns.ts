import type { Bytes, Count } from '../protocol/units.ts';
import { roomForEdges } from './edge-buckets.ts';
import { SEARCH_ROW } from './scattered/choose-strategy.ts';
import { SpareColumns } from './spare-columns.ts';

/** How much of a heap has been read. */
export interface ReadSoFar {
  /** The fraction of the file. */
  fraction: number;
  textBytes: Bytes;
  objects: Count;
  references: Count;
}

/**
 * Building the indexes of less text takes no time, and the start of a heap is mostly classes, which are not typical.
 */
const MIN_TEXT_BYTES: Bytes = 32 * 2 ** 20;
/** Part of the file that must be read before the rest is extrapolated. */
const MIN_FRACTION = 0.1;
/**
 * More is allocated than estimated: the estimate is too low for compressed files, because some of the bytes read are
 * not unpacked yet. Unused room costs no memory.
 */
const MARGIN = 1.5;
/** Entries of a column per page of memory. */
const PAGE = 1024;

/**
 * Allocates the memory for the indexes while the heap is still being read. The first access to a page of new memory
 * takes up to 15 µs, which was half of the time for building the indexes, and the thread that builds them is idle until
 * then. Only memory that the objects read so far will need is touched, so the peak stays the same.
 */
export class PreallocatedColumns {
  /** Columns with one or two entries per object, or one per reference; null before the estimate. */
  #columns: { column: Uint32Array; per: 'object' | 'reference'; entries: number; touched: number }[] | null =
    null;

  /** Touches the memory for what was read since the last call. O(what was read). */
  follow(read: ReadSoFar): void {
    if (this.#columns === null) {
      if (read.textBytes < MIN_TEXT_BYTES || read.fraction < MIN_FRACTION) return;
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
    // Each object has an edge to its class. In return, one edge to each object is in the depth-first tree.
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
      // The forest. In heaps without locality, the search first uses the same memory for its rows.
      column('object', 2, objectsAtLast * SEARCH_ROW),
      // The sources of the edges, and the lower halves of their targets.
      column('reference', 1, ofEdges),
      column('reference', 0.5, ofEdges / 2),
    ];
  }

  /** The columns, once the whole heap is read; none if it turned out larger than the estimate. */
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
