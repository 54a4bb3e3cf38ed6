import { inStrides, type Steps } from '../model/steps.ts';
import type { Count } from '../protocol/units.ts';

/** Bits for each expected hash: enough that few hashes that occur once are taken for repeated ones. */
const BITS_EACH = 4;
/** Number of entries in a part, so that it fits into the processor's cache with everything derived from it. */
const PART = 1 << 14;
const MAX_PARTS = 1 << 10;

/** Numbers in an entry: the hash, its position, and the size of its object. */
export const ENTRY = 3;

/**
 * Entries of hashes that may occur more than once, in parts: equal hashes are in one part, with ascending positions.
 */
export interface HashParts {
  /**
   * {@link ENTRY} numbers each: everything that is needed, since a lookup elsewhere would be a cache miss each time.
   */
  entries: Uint32Array;
  /** Part → its first entry, plus one final entry. */
  starts: Uint32Array;
}

/**
 * Finds the hashes that may occur more than once, and divides them into parts, with the size of each. Two bits per
 * hash, for seen and for seen again, rule out hashes that occur only once. O(hashes), about 17 bytes each.
 */
export function* repeatedHashes(hashes: Uint32Array, sizeOf: (position: number) => number): Steps<HashParts> {
  const words = 2 ** Math.max(6, Math.ceil(Math.log2((hashes.length * BITS_EACH) / 32 + 1)));
  const seen = new Int32Array(words);
  const again = new Int32Array(words);
  const mask = words - 1;
  yield* inStrides(hashes.length, (start, stop) => {
    for (let position = start; position < stop; position++) {
      const hash = hashes[position]!;
      const at = (hash >>> 5) & mask;
      const bit = 1 << (hash & 31);
      if ((seen[at]! & bit) === 0) seen[at]! |= bit;
      else again[at]! |= bit;
    }
  });
  const shift = 32 - partBits(hashes.length);
  const partOf = (hash: number) => (shift === 32 ? 0 : hash >>> shift);
  const next = new Uint32Array(2 ** (32 - shift) + 1);
  const found = new Uint32Array(hashes.length);
  let count = 0;
  yield* inStrides(hashes.length, (start, stop) => {
    for (let position = start; position < stop; position++) {
      const hash = hashes[position]!;
      if ((again[(hash >>> 5) & mask]! & (1 << (hash & 31))) === 0) continue;
      next[partOf(hash) + 1]!++;
      found[count++] = position;
    }
  });
  for (let part = 1; part < next.length; part++) next[part]! += next[part - 1]!;
  const starts = next.slice();
  const entries = new Uint32Array(ENTRY * count);
  yield* inStrides(count, (start, stop) => {
    for (let at = start; at < stop; at++) {
      const position = found[at]!;
      const hash = hashes[position]!;
      const to = ENTRY * next[partOf(hash)]!++;
      entries[to] = hash;
      entries[to + 1] = position;
      entries[to + 2] = sizeOf(position);
    }
  });
  return { entries, starts };
}

function partBits(count: Count): number {
  return Math.ceil(Math.log2(Math.min(MAX_PARTS, Math.max(1, count / PART))));
}
