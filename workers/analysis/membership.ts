import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { complement, emptyBits, ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';

/**
 * Members are objects whose pair passes and whose bit is set; null = no such condition. The conditions are kept
 * separate as long as possible, so that those on pairs are combined without visiting objects. The creator may modify
 * it.
 */
export interface Membership {
  /** 1 for each pair that passes. */
  pairs: Uint8Array | null;
  bits: Int32Array | null;
}

export const everything = (): Membership => ({ pairs: null, bits: null });

export function ofBits(bits: Int32Array): Membership {
  return { pairs: null, bits };
}

/** O(pairs). */
export function ofPairs(snapshot: HeapSnapshot, passes: (pair: number) => boolean): Membership {
  const pairs = new Uint8Array(snapshot.pairs.length);
  for (let pair = 0; pair < pairs.length; pair++) pairs[pair] = passes(pair) ? 1 : 0;
  return { pairs, bits: null };
}

/** Members of all parts. Takes over the parts. O(pairs) if none has bits, otherwise O(n / 32) for each. */
export function allOf(parts: Iterable<Membership>): Membership {
  const all = everything();
  for (const { pairs, bits } of parts) {
    all.pairs = both(all.pairs, pairs);
    all.bits = both(all.bits, bits);
  }
  return all;
}

/** The intersection; null = everything. Reuses the first. */
function both<Columns extends Uint8Array | Int32Array>(
  one: Columns | null,
  other: Columns | null,
): Columns | null {
  if (one === null || other === null) return one ?? other;
  for (let at = 0; at < one.length; at++) one[at]! &= other[at]!;
  return one;
}

/** Members of any part. Takes over the parts. O(pairs) if none has bits, otherwise O(n) for at most two of them. */
export function* anyOf(snapshot: HeapSnapshot, parts: readonly Membership[]): Steps<Membership> {
  let ofPairsAlone: Uint8Array | null = null;
  let result: Int32Array | null = null;
  for (const part of parts) {
    if (part.bits === null) {
      if (part.pairs === null) return everything();
      ofPairsAlone = either(ofPairsAlone, part.pairs);
    } else result = either(result, yield* asBits(snapshot, part));
  }
  if (result === null) return { pairs: ofPairsAlone, bits: null };
  if (ofPairsAlone === null) return ofBits(result);
  return ofBits(either(result, yield* asBits(snapshot, { pairs: ofPairsAlone, bits: null })));
}

/** The union. Reuses the first. */
function either<Columns extends Uint8Array | Int32Array>(one: Columns | null, other: Columns): Columns {
  if (one === null) return other;
  for (let at = 0; at < one.length; at++) one[at]! |= other[at]!;
  return one;
}

/** All objects that are not members. Takes over the membership. O(pairs) if it has no bits, otherwise O(n). */
export function* complementOf(snapshot: HeapSnapshot, inner: Membership): Steps<Membership> {
  if (inner.bits === null) return ofPairs(snapshot, pair => inner.pairs?.[pair] === 0);
  return ofBits(complement(yield* asBits(snapshot, inner), snapshot.objects));
}

/** The set of the members. Takes over the membership. O(pairs) if it has no bits, otherwise O(n). */
export function* setOf(snapshot: HeapSnapshot, members: Membership): Steps<ObjectSet> {
  if (members.bits !== null) return yield* ObjectSet.ofBits(snapshot, yield* asBits(snapshot, members));
  return members.pairs === null ? ObjectSet.all(snapshot) : ObjectSet.ofPairs(snapshot, members.pairs);
}

/** A bit for each member. Takes over the membership. O(n). */
export function* asBits(snapshot: HeapSnapshot, { pairs, bits }: Membership): Steps<Int32Array> {
  const result = bits ?? complement(emptyBits(snapshot.objects), snapshot.objects);
  if (pairs === null) return result;
  for (let start = 0; start < result.length; start += STRIDE / 32) {
    keepPassing(snapshot.pair, pairs, result, start, Math.min(result.length, start + STRIDE / 32));
    yield start / result.length;
  }
  return result;
}

function keepPassing(
  pairOf: Uint32Array,
  pairs: Uint8Array,
  bits: Int32Array,
  start: number,
  stop: number,
): void {
  for (let word = start; word < stop; word++) {
    if (bits[word] === 0) continue;
    const first = word * 32;
    const length = Math.min(32, pairOf.length - first);
    let passing = 0;
    for (let bit = 0; bit < length; bit++) passing |= pairs[pairOf[first + bit]!]! << bit;
    bits[word]! &= passing;
  }
}
