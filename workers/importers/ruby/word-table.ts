/** The first four bytes, the eight after them, and the last eight: no more is compared. */
const MAX_BYTES = 20;
const ALL_BITS = 0xffff_ffff_ffff_ffffn;

/**
 * Tables with which the scanner identifies a word of a fixed list in the file by its first four bytes: one
 * multiplication finds the candidate, two comparisons verify it (its first four bytes and its last eight), and a
 * third one those of more than twelve bytes.
 */
export class WordTable {
  /** Id → length of the word in bytes; 0 for id 0. */
  readonly lengths: Uint8Array;
  /** Id → its first four bytes. */
  readonly heads: Int32Array;
  /** Id → its last eight bytes, with zeros if it is shorter; and a mask of the bytes that it has. Two entries each. */
  readonly tails: BigUint64Array;
  /** Id → its eight bytes from the fifth on, if it has more than twelve. */
  readonly middles: BigUint64Array;
  /** Id → the next word with the same first four bytes, or 0. */
  readonly twins: Uint8Array;
  /** `(head * multiplier) >>> shift`, 32 bits → id. */
  readonly ids: Uint8Array;
  readonly multiplier: number;
  readonly shift: number;

  /** `words[id]` must have at least four bytes. `words[0]` is not used, since id 0 means that nothing matched. */
  constructor(words: readonly string[]) {
    const count = words.length;
    this.lengths = new Uint8Array(count);
    this.heads = new Int32Array(count);
    this.tails = new BigUint64Array(count * 2);
    this.middles = new BigUint64Array(count);
    this.twins = new Uint8Array(count);
    const first = new Map<number, number>();
    for (let id = 1; id < count; id++) {
      const text = words[id]!;
      if (text.length > MAX_BYTES) throw new Error(`${text} is too long to be found`);
      this.lengths[id] = text.length;
      this.heads[id] = Number(BigInt.asIntN(32, wordOf(text.slice(0, 4))));
      const missing = BigInt(Math.max(0, 8 - text.length) * 8);
      this.tails[id * 2] = wordOf(text.slice(-8)) << missing;
      this.tails[id * 2 + 1] = (ALL_BITS << missing) & ALL_BITS;
      if (text.length > 12) this.middles[id] = wordOf(text.slice(4, 12));
      const twin = first.get(this.heads[id]!);
      if (twin === undefined) first.set(this.heads[id]!, id);
      else {
        this.twins[id] = this.twins[twin]!;
        this.twins[twin] = id;
      }
    }
    const bits = Math.ceil(Math.log2(count)) + 4;
    this.shift = 32 - bits;
    let multiplier = 0x9e3779b1 | 0;
    this.ids = new Uint8Array(1 << bits);
    while (!fill(this.ids, first, multiplier, this.shift)) multiplier = (multiplier + 2) | 0;
    this.multiplier = multiplier;
  }
}

/** Fills the table. False if two heads have the same slot. */
function fill(ids: Uint8Array, first: Map<number, number>, multiplier: number, shift: number): boolean {
  ids.fill(0);
  for (const [head, id] of first) {
    const slot = Math.imul(head, multiplier) >>> shift;
    if (ids[slot] !== 0) return false;
    ids[slot] = id;
  }
  return true;
}

/** Up to eight characters as a little-endian word. */
function wordOf(text: string): bigint {
  return [...text].reduceRight((word, char) => (word << 8n) | BigInt(char.charCodeAt(0)), 0n);
}
