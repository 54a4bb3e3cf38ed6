import { type Retention, retainedBytesOf } from '../indexes/retention.ts';
import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import type { ObjectSortKey } from '../protocol/heap-service.ts';

/** Digits of 11 bits: three passes for 32 bits, and counters that stay in the first-level cache. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * Members of a set, sorted: object indexes. Ties keep the order of the file. A radix sort, O(members); passes
 * over digits that are all equal are left out, so that small numbers cost one or two.
 */
export function sortedMembers(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
  key: ObjectSortKey,
  descending: boolean,
): Uint32Array {
  const count = set.objects;
  const members = new Uint32Array(count);
  const low = new Uint32Array(count);
  let high: Uint32Array | null = null;
  const sortValueOf = sortValue(snapshot, retention, key);
  const flip = descending ? 0xffff_ffff : 0;
  for (let object = 0, at = 0; object < snapshot.objects; object++) {
    if (!set.has(object)) continue;
    members[at] = object;
    const value = sortValueOf(object);
    low[at] = value ^ flip;
    if (value >= 2 ** 32) {
      // All before it had nothing above 32 bits.
      high ??= new Uint32Array(count).fill(flip);
      high[at] = (value / 2 ** 32) ^ flip;
    }
    at++;
  }
  const order = radixOrder(low, null);
  const positions = high === null ? order : radixOrder(high, order);
  for (let at = 0; at < count; at++) positions[at] = members[positions[at]!]!;
  return positions;
}

/** A whole number below 2^53 for each object, by which to sort. */
function sortValue(
  snapshot: HeapSnapshot,
  retention: Retention,
  key: ObjectSortKey,
): (object: number) => number {
  switch (key) {
    case 'address':
      return object => snapshot.pages.address(snapshot.keys[object]!);
    case 'shallowBytes':
      return object => shallowBytesOf(snapshot, object);
    case 'retainedBytes':
      return object => retainedBytesOf(snapshot, retention, object);
    case 'generation':
      return object => snapshot.allocations.generation[snapshot.allocation[object]!]!;
    case 'label': {
      const rank = labelRanks(snapshot);
      return object => rank[snapshot.descriptor[object]!]!;
    }
  }
}

/** Descriptor → rank of its label in alphabetical order; descriptors of one label share it. */
function labelRanks(snapshot: HeapSnapshot): Uint32Array {
  const { descriptors, strings } = snapshot;
  const labels = [...new Set(Array.from(descriptors.label, id => strings.text(id)))].sort();
  const rankOf = new Map(labels.map((label, rank) => [label, rank]));
  return Uint32Array.from(descriptors.label, id => rankOf.get(strings.text(id))!);
}

/** Positions ordered by their keys; those of equal keys stay in the order given (null: ascending). */
function radixOrder(keys: Uint32Array, order: Uint32Array<ArrayBuffer> | null): Uint32Array<ArrayBuffer> {
  const length = keys.length;
  let from = order ?? ascending(length);
  let to = new Uint32Array(length);
  const counts = digitCounts(keys);
  for (let pass = 0; pass < counts.length; pass++) {
    const places = counts[pass]!;
    if (places.includes(length)) continue;
    let sum = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const count = places[digit]!;
      places[digit] = sum;
      sum += count;
    }
    const shift = pass * DIGIT_BITS;
    for (let at = 0; at < length; at++) {
      const position = from[at]!;
      to[places[(keys[position]! >>> shift) & (DIGITS - 1)]!++] = position;
    }
    [from, to] = [to, from];
  }
  return from;
}

function ascending(length: number): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(length);
  for (let at = 0; at < length; at++) order[at] = at;
  return order;
}

/** How often each digit occurs at each of its three places; one pass. */
function digitCounts(keys: Uint32Array): [Uint32Array, Uint32Array, Uint32Array] {
  const counts = [new Uint32Array(DIGITS), new Uint32Array(DIGITS), new Uint32Array(DIGITS)] as const;
  const [low, middle, high] = counts;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]!;
    low[key & (DIGITS - 1)]!++;
    middle[(key >>> DIGIT_BITS) & (DIGITS - 1)]!++;
    high[key >>> (2 * DIGIT_BITS)]!++;
  }
  return [low, middle, high];
}
