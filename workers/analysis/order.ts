import { type Retention, retainedBytesOf } from '../indexes/retention.ts';
import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { part, STRIDE, type Steps } from '../model/steps.ts';
import type { ObjectSortKey } from '../protocol/questions/sort-keys.ts';
import type { Count, ObjectIndex } from '../protocol/units.ts';
import { radixOrder } from './radix-order.ts';

/** Smaller values have a bucket each; the buckets of larger values contain values that differ only in lower bits. */
const EXACT_BITS = 11;
const EXACT = 1 << EXACT_BITS;
/** Number of buckets for the values from 2^e up to 2^(e+1). */
const PER_POWER = EXACT / 2;
/** Values are below 2^53. */
const BUCKETS = EXACT + (53 - EXACT_BITS) * PER_POWER;
/** Division by this leaves the upper part of a 53-bit value, which fits into 32 bits. */
const UPPER_BITS = 22;

/** The sort keys that need only the columns of the snapshot. */
const OWN_SORTS = ['address', 'label', 'shallowBytes', 'retainedBytes', 'generation'] as const;
type ColumnSort = (typeof OWN_SORTS)[number];

export function isColumnSort(key: ObjectSortKey): key is ColumnSort {
  return (OWN_SORTS as readonly ObjectSortKey[]).includes(key);
}

/** The sort key of each object, a whole number below 2^53. */
export type SortValue = (object: ObjectIndex) => number;

/**
 * Members of a set in an order, sorted lazily: members are in ordered buckets, and a bucket is sorted when a window
 * falls into it. So the first window costs two passes over the members, and others next to nothing.
 */
export class SortedMembers {
  readonly #members: Uint32Array;
  /** Start of each bucket, and the end of the last one. */
  readonly #starts: Uint32Array;
  /** 1 = the bucket is sorted. */
  readonly #sorted: Uint8Array;
  readonly #valueOf: SortValue;
  readonly #descending: boolean;

  constructor(members: Uint32Array, starts: Uint32Array, sortValueOf: SortValue, descending: boolean) {
    this.#members = members;
    this.#starts = starts;
    this.#valueOf = sortValueOf;
    this.#descending = descending;
    this.#sorted = new Uint8Array(BUCKETS);
    // All members of such a bucket have the same value.
    if (descending) this.#sorted.fill(1, BUCKETS - EXACT);
    else this.#sorted.fill(1, 0, EXACT);
  }

  get length(): Count {
    return this.#members.length;
  }

  /** The members from `offset` on, at most `limit`. Valid until the next call. */
  window(offset: Count, limit: Count): Uint32Array {
    const end = Math.min(this.length, offset + limit);
    for (let bucket = this.#bucketAt(offset); bucket < BUCKETS && this.#starts[bucket]! < end; bucket++) {
      if (this.#sorted[bucket] === 1) continue;
      this.#sort(this.#members.subarray(this.#starts[bucket]!, this.#starts[bucket + 1]!));
      this.#sorted[bucket] = 1;
    }
    return this.#members.subarray(offset, end);
  }

  /** The bucket that contains the member at a position. */
  #bucketAt(place: Count): number {
    let low = 0;
    let high = BUCKETS - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#starts[middle]! <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #sort(members: Uint32Array): void {
    if (members.length < 2) return;
    const values = new Float64Array(members.length);
    let equal = true;
    for (let at = 0; at < members.length; at++) {
      const value = this.#valueOf(members[at]!);
      values[at] = value;
      if (value !== values[0]) equal = false;
    }
    if (equal) return;
    const order = radixOrder(values, this.#descending);
    members.set(order.map(position => members[position]!));
  }
}

/**
 * The members of a set, of which only the requested part is sorted. Equal members keep the order of the file in both
 * directions. O(n).
 */
export function* sortMembers(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
  key: ColumnSort | SortValue,
  descending: boolean,
): Steps<SortedMembers> {
  const { objects } = snapshot;
  const sortValueOf = typeof key === 'function' ? key : sortValue(snapshot, retention, key);
  const buckets = new Uint16Array(objects);
  const starts = new Uint32Array(BUCKETS + 1);
  if (key === 'retainedBytes') yield* part(0, 0.4, bucketsByRetained(snapshot, retention, buckets));
  else {
    for (let start = 0; start < objects; start += STRIDE) {
      putInBuckets(sortValueOf, buckets, start, Math.min(objects, start + STRIDE));
      yield 0.4 * (start / objects);
    }
  }
  for (let start = 0; start < objects; start += STRIDE) {
    countMembers(set, descending, buckets, starts, start, Math.min(objects, start + STRIDE));
    yield 0.4 + 0.2 * (start / objects);
  }
  // Counts are stored one place after their bucket: their prefix sums are where buckets start.
  for (let bucket = 0; bucket < BUCKETS; bucket++) starts[bucket + 1]! += starts[bucket]!;
  const members = new Uint32Array(set.objects);
  const places = starts.slice();
  for (let start = 0; start < objects; start += STRIDE) {
    placeMembers(set, buckets, places, members, start, Math.min(objects, start + STRIDE));
    yield 0.6 + 0.4 * (start / objects);
  }
  return new SortedMembers(members, starts, sortValueOf, descending);
}

function putInBuckets(
  sortValueOf: SortValue,
  buckets: Uint16Array,
  start: ObjectIndex,
  stop: ObjectIndex,
): void {
  for (let object = start; object < stop; object++) buckets[object] = bucketOf(sortValueOf(object));
}

/**
 * The same for retained sizes, in the order of the tree in which they are stored: looking them up by object costs a
 * cache miss each in heaps without locality, more than writing two bytes. Other objects retain only themselves.
 */
function* bucketsByRetained(snapshot: HeapSnapshot, retention: Retention, buckets: Uint16Array): Steps<void> {
  const { length, vertex, position } = retention.tree;
  const { retained } = retention;
  const { objects } = snapshot;
  const putReachable = (start: number, stop: number) => {
    for (let at = start; at < stop; at++) {
      // Writes past the end have no effect: kinds of root are numbered after the objects.
      buckets[vertex[at]!] = bucketOf(retained[at]!);
    }
  };
  const putUnreachable = (start: number, stop: number) => {
    for (let object = start; object < stop; object++) {
      if (position[object] === 0) buckets[object] = bucketOf(shallowBytesOf(snapshot, object));
    }
  };
  for (let start = 0; start < length; start += STRIDE) {
    putReachable(start, Math.min(length, start + STRIDE));
    yield 0.8 * (start / length);
  }
  for (let start = 0; start < objects; start += STRIDE) {
    putUnreachable(start, Math.min(objects, start + STRIDE));
    yield 0.8 + 0.2 * (start / objects);
  }
}

/**
 * Counts the members of each bucket into the entry after it. With `descending`, buckets are numbered from the other
 * end.
 */
function countMembers(
  set: ObjectSet,
  descending: boolean,
  buckets: Uint16Array,
  counts: Uint32Array,
  start: ObjectIndex,
  stop: ObjectIndex,
): void {
  for (let object = start; object < stop; object++) {
    if (!set.has(object)) continue;
    const bucket = descending ? BUCKETS - 1 - buckets[object]! : buckets[object]!;
    buckets[object] = bucket;
    counts[bucket + 1]!++;
  }
}

function placeMembers(
  set: ObjectSet,
  buckets: Uint16Array,
  places: Uint32Array,
  members: Uint32Array,
  start: ObjectIndex,
  stop: ObjectIndex,
): void {
  for (let object = start; object < stop; object++) {
    if (set.has(object)) members[places[buckets[object]!]!++] = object;
  }
}

/** Larger values have later buckets; the scale is that of floating-point numbers with eleven significant bits. */
function bucketOf(value: number): number {
  if (value < EXACT) return value;
  const isLarge = value >= 2 ** 32;
  const head = isLarge ? Math.floor(value / 2 ** UPPER_BITS) : value;
  const power = 31 - Math.clz32(head);
  const bits = (head >>> (power - EXACT_BITS + 1)) & (PER_POWER - 1);
  return EXACT + (power + (isLarge ? UPPER_BITS : 0) - EXACT_BITS) * PER_POWER + bits;
}

function sortValue(snapshot: HeapSnapshot, retention: Retention, key: ColumnSort): SortValue {
  switch (key) {
    case 'address': {
      const { keys, pages } = snapshot;
      const ranks = pages.ranksByAddress();
      return object => pages.placeByAddress(keys[object]!, ranks);
    }
    case 'shallowBytes':
      return object => shallowBytesOf(snapshot, object);
    case 'retainedBytes':
      return object => retainedBytesOf(snapshot, retention, object);
    case 'generation': {
      const { pair, pairs, allocations } = snapshot;
      const generations = pairs.allocation.map(allocation => allocations.generation[allocation]!);
      return object => generations[pair[object]!]!;
    }
    case 'label': {
      const { pair, pairs } = snapshot;
      const ranks = labelRanks(snapshot);
      const rankOfPair = pairs.descriptor.map(descriptor => ranks[descriptor]!);
      return object => rankOfPair[pair[object]!]!;
    }
  }
}

/** Descriptor → rank of its label in alphabetical order; descriptors with the same label share it. */
function labelRanks(snapshot: HeapSnapshot): Uint32Array {
  const { descriptors, strings } = snapshot;
  const labels = [...new Set(Array.from(descriptors.label, id => strings.text(id)))].sort();
  const rankOf = new Map(labels.map((label, rank) => [label, rank]));
  return Uint32Array.from(descriptors.label, id => rankOf.get(strings.text(id))!);
}
