import type { Count } from '../../protocol/units.ts';

/** Bits for each hash that is expected: few of those that come once are taken for repeated ones. */
const BITS_EACH = 4;

/**
 * Which hashes come more than once, perhaps, in a bit for some and two for others: what comes once for sure needs no
 * place in a table. One that is repeated is always told.
 */
export class RepeatedHashes {
  readonly #seen: Int32Array;
  readonly #repeated: Int32Array;
  readonly #mask: number;

  constructor(expected: Count) {
    const words = 2 ** Math.max(6, Math.ceil(Math.log2((expected * BITS_EACH) / 32 + 1)));
    this.#seen = new Int32Array(words);
    this.#repeated = new Int32Array(words);
    this.#mask = words * 32 - 1;
  }

  note(hash: number): void {
    const at = (hash & this.#mask) >>> 0;
    const bit = 1 << (at & 31);
    if ((this.#seen[at >>> 5]! & bit) === 0) this.#seen[at >>> 5]! |= bit;
    else this.#repeated[at >>> 5]! |= bit;
  }

  mayBeRepeated(hash: number): boolean {
    const at = (hash & this.#mask) >>> 0;
    return (this.#repeated[at >>> 5]! & (1 << (at & 31))) !== 0;
  }
}
