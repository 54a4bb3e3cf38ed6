/**
 * The tables by which the scanner tells which of a fixed list of words stands at a place in a file, by its first
 * four bytes: one multiplication finds the candidate, two comparisons verify it (its first four bytes and its last
 * four). Only words of more than eight bytes have bytes in between that are not looked at; no two words of a list
 * differ in those alone.
 */
export class WordTable {
  /** Id → length of the word in bytes; 0 for id 0. */
  readonly lengths: Uint8Array;
  /** Id → its first, and its last, four bytes. */
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  /** Id → the next word with the same first four bytes, or 0. */
  readonly twins: Uint8Array;
  /** `(head * multiplier) >>> shift`, 32 bits → id. */
  readonly ids: Uint8Array;
  readonly multiplier: number;
  readonly shift: number;

  /** `words[id]`, each of four bytes or more; `words[0]` is not looked at, since 0 says that nothing matched. */
  constructor(words: readonly string[]) {
    const count = words.length;
    this.lengths = new Uint8Array(count);
    this.heads = new Int32Array(count);
    this.tails = new Int32Array(count);
    this.twins = new Uint8Array(count);
    const first = new Map<number, number>();
    for (let id = 1; id < count; id++) {
      const text = words[id]!;
      this.lengths[id] = text.length;
      this.heads[id] = wordOf(text.slice(0, 4));
      this.tails[id] = wordOf(text.slice(-4));
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

/** Fills the table; false if two heads fall into one place. */
function fill(ids: Uint8Array, first: Map<number, number>, multiplier: number, shift: number): boolean {
  ids.fill(0);
  for (const [head, id] of first) {
    const slot = Math.imul(head, multiplier) >>> shift;
    if (ids[slot] !== 0) return false;
    ids[slot] = id;
  }
  return true;
}

/** Four characters as a little-endian word. */
function wordOf(text: string): number {
  let word = 0;
  for (let i = 0; i < 4; i++) word |= text.charCodeAt(i) << (8 * i);
  return word;
}
