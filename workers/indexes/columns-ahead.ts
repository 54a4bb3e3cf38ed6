import type { Bytes, Count } from '../protocol/units.ts';
import { roomForEdges } from './edge-buckets.ts';
import { SEARCH_ROW } from './scattered/choose-strategy.ts';
import { SpareColumns } from './spare-columns.ts';

/** How far a heap is read. */
export interface ReadSoFar {
  /** Of the file. */
  fraction: number;
  textBytes: Bytes;
  objects: Count;
  references: Count;
}

/** Of less text, the indexes are made in no time; and a heap begins with classes, which are not like the rest. */
const TELLING_BYTES: Bytes = 32 * 2 ** 20;
/** What is read of a file when the rest of it is foretold. */
const TELLING_FRACTION = 0.1;
/**
 * Room for more than is foretold, which of a packed file is too little: of what is read of it some is not text yet.
 * Room that is not needed costs no memory.
 */
const MARGIN = 1.5;
/** Entries of a column in one page of memory. */
const PAGE = 1024;

/**
 * The memory of the indexes of a heap, made ready while the heap is being read. A page of new memory costs its first
 * touch up to 15 µs, which was half of the time that the indexes took; the thread that makes them has nothing to do
 * before. Only so much is touched as what was read so far will need, so that the peak of memory is the same.
 */
export class ColumnsAhead {
  /** Columns of as many entries as there are objects, or twice as many, or references; null until that is foretold. */
  #columns: { column: Uint32Array; per: 'object' | 'reference'; entries: number; touched: number }[] | null =
    null;

  /** Touches what is needed for what was read since the last call. O(that). */
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
    // An edge to its class for each object, but then one edge for each is no edge out of the depth-first tree.
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
      // The forest; in heaps without locality the search has its rows there before.
      column('object', 2, objectsAtLast * SEARCH_ROW),
      // Of the edges the sources, and halves of the targets.
      column('reference', 1, ofEdges),
      column('reference', 0.5, ofEdges / 2),
    ];
  }

  /** The columns, once all is read; none if the heap has become larger than was foretold. */
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
