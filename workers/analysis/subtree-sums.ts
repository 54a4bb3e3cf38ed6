import type { Retention } from '../indexes/retention.ts';
import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { Bytes, Count } from '../protocol/units.ts';

/** Positions in a block. A sum examines the members of at most two blocks. */
const BLOCK = 64;

/**
 * Members of a set below each vertex of the dominator tree. A subtree is a range of positions: sums are kept per
 * block of positions, since one per position would take as much memory as the tree, and the ends of a range are added
 * up on request.
 */
export class SubtreeSums {
  readonly #snapshot: HeapSnapshot;
  readonly #retention: Retention;
  readonly #set: ObjectSet;
  /** Block → totals of the blocks before it. */
  readonly #bytesBefore: Float64Array;
  readonly #objectsBefore: Uint32Array;

  private constructor(snapshot: HeapSnapshot, retention: Retention, set: ObjectSet) {
    const blocks = Math.ceil(retention.tree.length / BLOCK);
    this.#snapshot = snapshot;
    this.#retention = retention;
    this.#set = set;
    this.#bytesBefore = new Float64Array(blocks + 1);
    this.#objectsBefore = new Uint32Array(blocks + 1);
  }

  /** O(n), once for a set. */
  static *of(snapshot: HeapSnapshot, retention: Retention, set: ObjectSet): Steps<SubtreeSums> {
    const sums = new SubtreeSums(snapshot, retention, set);
    const blocks = sums.#bytesBefore.length - 1;
    for (let start = 0; start < blocks; start += STRIDE / BLOCK) {
      sums.#addBlocks(start, Math.min(blocks, start + STRIDE / BLOCK));
      yield start / blocks;
    }
    return sums;
  }

  #addBlocks(start: number, stop: number): void {
    const { length } = this.#retention.tree;
    for (let block = start; block < stop; block++) {
      const from = block * BLOCK;
      const to = Math.min(length, from + BLOCK);
      this.#bytesBefore[block + 1] = this.#bytesBefore[block]! + this.#addedBytes(from, to);
      this.#objectsBefore[block + 1] = this.#objectsBefore[block]! + this.#addedObjects(from, to);
    }
  }

  /** Shallow bytes of the members at the positions from `start` to `end`. */
  bytes(start: number, end: number): Bytes {
    const first = Math.ceil(start / BLOCK);
    const last = Math.floor(end / BLOCK);
    if (first >= last) return this.#addedBytes(start, end);
    const inner = this.#bytesBefore[last]! - this.#bytesBefore[first]!;
    return this.#addedBytes(start, first * BLOCK) + inner + this.#addedBytes(last * BLOCK, end);
  }

  /** Number of members at the positions from `start` to `end`. */
  objects(start: number, end: number): Count {
    const first = Math.ceil(start / BLOCK);
    const last = Math.floor(end / BLOCK);
    if (first >= last) return this.#addedObjects(start, end);
    const inner = this.#objectsBefore[last]! - this.#objectsBefore[first]!;
    return this.#addedObjects(start, first * BLOCK) + inner + this.#addedObjects(last * BLOCK, end);
  }

  #addedBytes(start: number, end: number): Bytes {
    const snapshot = this.#snapshot;
    const { vertex } = this.#retention.tree;
    let sum = 0;
    for (let at = start; at < end; at++) {
      const object = vertex[at]!;
      if (object < snapshot.objects && this.#set.has(object)) sum += shallowBytesOf(snapshot, object);
    }
    return sum;
  }

  #addedObjects(start: number, end: number): Count {
    const { objects } = this.#snapshot;
    const { vertex } = this.#retention.tree;
    let count = 0;
    for (let at = start; at < end; at++) {
      const object = vertex[at]!;
      if (object < objects && this.#set.has(object)) count++;
    }
    return count;
  }
}
