import type { Bytes, Count, ObjectIndex } from '../protocol/units.ts';
import { popcount } from './address-pages.ts';
import { type HeapSnapshot, shallowBytesOf } from './heap-snapshot.ts';

/** A set of objects of one snapshot: a bit each, or all of them. Never changed once made. */
export class ObjectSet {
  /** null = all objects. */
  readonly bits: Uint32Array | null;
  readonly objects: Count;
  readonly shallowBytes: Bytes;

  private constructor(bits: Uint32Array | null, objects: Count, shallowBytes: Bytes) {
    this.bits = bits;
    this.objects = objects;
    this.shallowBytes = shallowBytes;
  }

  static all(snapshot: HeapSnapshot): ObjectSet {
    return new ObjectSet(null, snapshot.objects, snapshot.facts.shallowBytes);
  }

  /** Takes over `bits`, one for each object, none behind the last. O(n). */
  static of(snapshot: HeapSnapshot, bits: Uint32Array): ObjectSet {
    let objects = 0;
    let shallowBytes = 0;
    for (let word = 0; word < bits.length; word++) {
      let left = bits[word]!;
      objects += popcount(left);
      while (left !== 0) {
        shallowBytes += shallowBytesOf(snapshot, word * 32 + 31 - Math.clz32(left & -left));
        left &= left - 1;
      }
    }
    return new ObjectSet(bits, objects, shallowBytes);
  }

  has(object: ObjectIndex): boolean {
    return this.bits === null || ((this.bits[object >>> 5]! >>> (object & 31)) & 1) === 1;
  }
}

/** Bits for `objects` objects, all unset. */
export function emptyBits(objects: number): Uint32Array {
  return new Uint32Array((objects + 31) >>> 5);
}

/** All bits but those of `bits`. */
export function complement(bits: Uint32Array, objects: number): Uint32Array {
  const result = new Uint32Array(bits.length);
  for (let word = 0; word < bits.length; word++) result[word] = ~bits[word]!;
  const rest = objects & 31;
  if (rest !== 0) result[bits.length - 1]! &= (1 << rest) - 1;
  return result;
}
