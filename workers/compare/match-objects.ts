import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { emptyBits } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { Count, ObjectIndex } from '../protocol/units.ts';
import type { PairIdentities } from './identities.ts';

/** A snapshot with what identifies its objects. */
export interface Identified {
  snapshot: HeapSnapshot;
  identities: PairIdentities;
}

/** Which objects of two snapshots are the same (numbers.md#same-object). A bit for each object. */
export interface Matching {
  /** Objects of the later one that the earlier one has, too. */
  survived: Int32Array;
  /** The untraced ones among them, matched by address, and strings also by content. */
  byAddressOnly: Int32Array;
  /** Objects of the earlier one that the later one has, too. */
  kept: Int32Array;
  /** How many survived, and how many of them by address only. */
  matched: Count;
  matchedByAddressOnly: Count;
}

/** Called for each object of the later snapshot that is the same as one of the earlier. */
export type OnMatch = (later: ObjectIndex, earlier: ObjectIndex) => void;

/**
 * Finds the objects of a later snapshot in an earlier one. Objects are looked up by address, so each has at most one
 * candidate. O(pages log pages) to build, O(1) for each look-up.
 */
export class SameObject {
  readonly #earlier: Identified;
  readonly #later: Identified;
  /** Page id of the later snapshot → that of the same addresses in the earlier one; null if no address is the same. */
  readonly #pageIds: Uint32Array | null;
  readonly #slotBits: number;
  readonly #slotMask: number;

  constructor(earlier: Identified, later: Identified) {
    this.#earlier = earlier;
    this.#later = later;
    const [pages, laterPages] = [earlier.snapshot.pages, later.snapshot.pages];
    // Different word sizes mean different processes.
    this.#pageIds = pages.shift === laterPages.shift ? laterPages.pageIdsIn(pages) : null;
    this.#slotBits = pages.slotBits;
    this.#slotMask = (1 << pages.slotBits) - 1;
  }

  /** The object of the earlier snapshot at the address of one of the later snapshot, or -1. */
  atItsAddress(object: ObjectIndex): ObjectIndex {
    if (this.#pageIds === null) return -1;
    const key = this.#later.snapshot.keys[object]!;
    const page = this.#pageIds[key >>> this.#slotBits]!;
    if (page === 0) return -1;
    return this.#earlier.snapshot.pages.objectAt(((page << this.#slotBits) | (key & this.#slotMask)) >>> 0);
  }

  /** The same object in the earlier snapshot (numbers.md#same-object), or -1. */
  find(object: ObjectIndex): ObjectIndex {
    const other = this.atItsAddress(object);
    if (other < 0) return -1;
    const { snapshot: earlier, identities: theirs } = this.#earlier;
    const { snapshot: later, identities } = this.#later;
    const pair = later.pair[object]!;
    if (identities.identity[pair] !== theirs.identity[earlier.pair[other]!]) return -1;
    return identities.byContent[pair] === 1 && !haveEqualContent(earlier, other, later, object) ? -1 : other;
  }
}

/**
 * Finds the same objects in two snapshots of one process. O(n) time; memory is three bits an object.
 */
export function* matchObjects(earlier: Identified, later: Identified, onMatch?: OnMatch): Steps<Matching> {
  const { objects, pair } = later.snapshot;
  const { untraced } = later.identities;
  const same = new SameObject(earlier, later);
  const matching: Matching = {
    survived: emptyBits(objects),
    byAddressOnly: emptyBits(objects),
    kept: emptyBits(earlier.snapshot.objects),
    matched: 0,
    matchedByAddressOnly: 0,
  };
  const { survived, byAddressOnly, kept } = matching;
  const matchRange = (start: number, stop: number) => {
    for (let object = start; object < stop; object++) {
      const other = same.find(object);
      if (other < 0) continue;
      survived[object >>> 5]! |= 1 << (object & 31);
      kept[other >>> 5]! |= 1 << (other & 31);
      matching.matched++;
      if (untraced[pair[object]!] === 1) {
        byAddressOnly[object >>> 5]! |= 1 << (object & 31);
        matching.matchedByAddressOnly++;
      }
      onMatch?.(object, other);
    }
  };
  for (let start = 0; start < objects; start += STRIDE) {
    matchRange(start, Math.min(objects, start + STRIDE));
    yield start / objects;
  }
  return matching;
}

/** Whether two strings have the same text, judging by its hash, or neither record has one. */
export function haveEqualContent(
  one: HeapSnapshot,
  object: number,
  other: HeapSnapshot,
  its: number,
): boolean {
  return one.contentHash.of(object) === other.contentHash.of(its);
}
