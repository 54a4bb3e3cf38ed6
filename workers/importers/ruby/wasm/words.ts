import { allocate } from './memory';

/**
 * Finds which of a fixed list of words is at a position, by its first four bytes: one multiplication finds the
 * candidate, two or three comparisons verify it. JavaScript builds the tables, in WordTable.
 */
@unmanaged
export class WordFinder {
  private multiplier: u32;
  private shift: u32;
  private ids: usize;
  private heads: usize;
  private tails: usize;
  private twins: usize;
  private lengths: usize;
  private middles: usize;

  static make(words: u32, multiplier: u32, shift: u32): WordFinder {
    const finder = changetype<WordFinder>(allocate(offsetof<WordFinder>()));
    finder.multiplier = multiplier;
    finder.shift = shift;
    finder.ids = allocate(1 << (32 - shift));
    finder.heads = allocate(words << 2);
    finder.tails = allocate(words << 4);
    finder.twins = allocate(words);
    finder.lengths = allocate(words);
    finder.middles = allocate(words << 3);
    return finder;
  }

  /** Address at which JavaScript writes a table: ids, heads, tails, twins, lengths, middles. */
  table(index: u32): usize {
    return load<usize>(changetype<usize>(this) + offsetof<WordFinder>('ids') + (index << 2));
  }

  /** Id of the word at `p`, or 0. */
  @inline
  find(p: usize): u32 {
    const head = load<u32>(p);
    let id: u32 = load<u8>(this.ids + ((head * this.multiplier) >>> this.shift));
    if (load<u32>(this.heads + (id << 2)) !== head) return 0;
    while (id !== 0 && !this.isAt(id, p)) id = load<u8>(this.twins + id);
    return id;
  }

  @inline
  private isAt(id: u32, p: usize): bool {
    const length = <usize>load<u8>(this.lengths + id);
    const tail = this.tails + (<usize>id << 4);
    if ((load<u64>(p + length - 8) & load<u64>(tail, 8)) !== load<u64>(tail)) return false;
    return length <= 12 || load<u64>(p + 4) === load<u64>(this.middles + (<usize>id << 3));
  }

  /** Length of a word in bytes; 0 for id 0. */
  @inline
  length(id: u32): usize {
    return load<u8>(this.lengths + id);
  }
}
