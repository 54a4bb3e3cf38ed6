import type { HeapSnapshot } from '../../model/heap-snapshot.ts';
import { wordBytesOf } from '../../model/word-size.ts';
import type { Bytes, ObjectIndex } from '../../protocol/units.ts';

/** The size of each object's slot, as far as the dump or the format shows it. */
export class SlotSizes {
  /** Sizes that occur in records, ascending; empty if there are none. */
  readonly sizes: readonly Bytes[];
  readonly #keys: Uint32Array;
  readonly #slotBits: number;
  readonly #ofPage: Uint32Array;

  constructor(snapshot: HeapSnapshot) {
    const { slots, pages, keys, vocabulary } = snapshot;
    const usual = (vocabulary.heapPages?.slotWords ?? 0) * wordBytesOf(snapshot);
    this.#keys = keys;
    this.#slotBits = pages.slotBits;
    this.#ofPage = new Uint32Array(pages.numbers.length / 2).fill(usual);
    for (const [row, key] of slots.keys.entries()) this.#ofPage[key >>> pages.slotBits] = slots.bytes[row]!;
    this.sizes = [...new Set(slots.bytes)].sort((a, b) => a - b);
  }

  /** 0 if unknown. */
  of(object: ObjectIndex): Bytes {
    return this.#ofPage[this.#keys[object]! >>> this.#slotBits]!;
  }
}
