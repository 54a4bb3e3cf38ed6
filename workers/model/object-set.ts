import type { Bytes, Count, ObjectIndex } from '../protocol/units.ts';
import { popcount } from './address-pages.ts';
import { type HeapSnapshot, shallowBytesOf } from './heap-snapshot.ts';
import { STRIDE, type Steps } from './steps.ts';

/**
 * An immutable set of objects of one snapshot. Where membership depends only on the pair (`PairTable`), as in every
 * grouping, only the pairs are stored; otherwise one bit per object.
 */
export class ObjectSet {
  /** 1 for each pair whose objects are members; null = all objects are members, or membership does not depend on pairs. */
  readonly pairs: Uint8Array | null;
  readonly objects: Count;
  readonly shallowBytes: Bytes;
  readonly #pairOf: Uint32Array;
  readonly #bits: Int32Array | null;

  private constructor(
    snapshot: HeapSnapshot,
    pairs: Uint8Array | null,
    bits: Int32Array | null,
    objects: Count,
    shallowBytes: Bytes,
  ) {
    this.#pairOf = snapshot.pair;
    this.pairs = pairs;
    this.#bits = bits;
    this.objects = objects;
    this.shallowBytes = shallowBytes;
  }

  static all(snapshot: HeapSnapshot): ObjectSet {
    return new ObjectSet(snapshot, null, null, snapshot.objects, snapshot.facts.shallowBytes);
  }

  /** Takes over `passing`: 1 for each pair whose objects are members. O(pairs). */
  static ofPairs(snapshot: HeapSnapshot, passing: Uint8Array): ObjectSet {
    let objects = 0;
    let shallowBytes = 0;
    for (let pair = 0; pair < passing.length; pair++) {
      if (passing[pair] === 0) continue;
      objects += snapshot.pairs.objects[pair]!;
      shallowBytes += snapshot.pairs.shallowBytes[pair]!;
    }
    return new ObjectSet(snapshot, passing, null, objects, shallowBytes);
  }

  /** Takes over `bits`: one for each object, with the unused bits of the last word unset. O(n). */
  static *ofBits(snapshot: HeapSnapshot, bits: Int32Array): Steps<ObjectSet> {
    const sums = { objects: 0, shallowBytes: 0 };
    for (let start = 0; start < bits.length; start += STRIDE / 32) {
      addUp(snapshot, bits, sums, start, Math.min(bits.length, start + STRIDE / 32));
      yield start / bits.length;
    }
    return new ObjectSet(snapshot, null, bits, sums.objects, sums.shallowBytes);
  }

  /** Whether it is known that every object is a member. */
  get isAll(): boolean {
    return this.pairs === null && this.#bits === null;
  }

  /** Whether membership depends only on pairs. */
  get isOfPairs(): boolean {
    return this.#bits === null;
  }

  has(object: ObjectIndex): boolean {
    const bits = this.#bits;
    if (bits !== null) return ((bits[object >>> 5]! >>> (object & 31)) & 1) !== 0;
    return this.pairs === null || this.pairs[this.#pairOf[object]!] !== 0;
  }
}

function addUp(
  snapshot: HeapSnapshot,
  bits: Int32Array,
  sums: { objects: number; shallowBytes: number },
  start: number,
  stop: number,
): void {
  for (let word = start; word < stop; word++) {
    let left = bits[word]!;
    sums.objects += popcount(left);
    while (left !== 0) {
      sums.shallowBytes += shallowBytesOf(snapshot, word * 32 + 31 - Math.clz32(left & -left));
      left &= left - 1;
    }
  }
}

/** Bits for `objects` objects, all unset. Signed words: V8 stores larger values as floating-point numbers. */
export function emptyBits(objects: number): Int32Array {
  return new Int32Array((objects + 31) >>> 5);
}

/** Inverts the bits of all objects, in place. */
export function complement(bits: Int32Array, objects: number): Int32Array {
  for (let word = 0; word < bits.length; word++) bits[word] = ~bits[word]!;
  const rest = objects & 31;
  if (rest !== 0) bits[bits.length - 1]! &= (1 << rest) - 1;
  return bits;
}
