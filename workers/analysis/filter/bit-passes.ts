import type { HeapSnapshot } from '../../model/heap-snapshot.ts';
import { emptyBits } from '../../model/object-set.ts';
import { STRIDE, type Steps } from '../../model/steps.ts';

/** Sets the bits of the members from `start` to `stop`; `start` is a multiple of 32. */
export type FillBits = (bits: Int32Array, start: number, stop: number) => void;

/** A bit for each object that a pass over all of them finds. O(n). */
export function* bitsOfPass({ objects }: HeapSnapshot, fill: FillBits): Steps<Int32Array> {
  const bits = emptyBits(objects);
  for (let start = 0; start < objects; start += STRIDE) {
    fill(bits, start, Math.min(objects, start + STRIDE));
    yield start / objects;
  }
  return bits;
}

export function setBit(bits: Int32Array, object: number): void {
  bits[object >>> 5]! |= 1 << (object & 31);
}

export function clearBit(bits: Int32Array, object: number): void {
  bits[object >>> 5]! &= ~(1 << (object & 31));
}

export function hasBit(bits: Int32Array, object: number): boolean {
  return ((bits[object >>> 5]! >>> (object & 31)) & 1) !== 0;
}
