import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { emptyBits } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { Count } from '../protocol/units.ts';
import type { PairIdentities } from './identities.ts';

/** A snapshot with what tells its objects apart. */
export interface Identified {
  snapshot: HeapSnapshot;
  identities: PairIdentities;
}

/** Which objects of two snapshots are the same (numbers.md#same-object). A bit for each object. */
export interface Matching {
  /** Objects of the later one that the earlier one has, too. */
  survived: Int32Array;
  /** Those of them that were not traced: the address is what says so, and the content of strings. */
  byAddressOnly: Int32Array;
  /** Objects of the earlier one that the later one has, too. */
  kept: Int32Array;
  /** How many survived, and how many of them by address only. */
  matched: Count;
  matchedByAddressOnly: Count;
}

/** Called for each object of the later snapshot that is the same as one of the earlier. */
export type OnMatch = (later: number, earlier: number) => void;

/**
 * Finds the same objects in two snapshots of one process. O(n) time; memory is three bits an object. Objects are
 * looked up by address, so that an object has one candidate at most.
 */
export function* matchObjects(earlier: Identified, later: Identified, onMatch?: OnMatch): Steps<Matching> {
  const { objects } = later.snapshot;
  const matching: Matching = {
    survived: emptyBits(objects),
    byAddressOnly: emptyBits(objects),
    kept: emptyBits(earlier.snapshot.objects),
    matched: 0,
    matchedByAddressOnly: 0,
  };
  // Addresses of different word sizes are of different processes.
  if (earlier.snapshot.pages.shift !== later.snapshot.pages.shift) return matching;
  const pageIds = later.snapshot.pages.pageIdsIn(earlier.snapshot.pages);
  for (let start = 0; start < objects; start += STRIDE) {
    matchRange(earlier, later, pageIds, matching, onMatch, start, Math.min(objects, start + STRIDE));
    yield start / objects;
  }
  return matching;
}

function matchRange(
  earlier: Identified,
  later: Identified,
  pageIds: Uint32Array,
  matching: Matching,
  onMatch: OnMatch | undefined,
  start: number,
  stop: number,
): void {
  const { pages } = earlier.snapshot;
  const { keys, pair: pairOf } = later.snapshot;
  const { slotBits } = pages;
  const slotMask = (1 << slotBits) - 1;
  const { identity, untraced, byContent } = later.identities;
  const earlierPairOf = earlier.snapshot.pair;
  const earlierIdentity = earlier.identities.identity;
  const { survived, byAddressOnly, kept } = matching;
  for (let object = start; object < stop; object++) {
    const key = keys[object]!;
    const page = pageIds[key >>> slotBits]!;
    if (page === 0) continue;
    const other = pages.objectAt(((page << slotBits) | (key & slotMask)) >>> 0);
    if (other < 0) continue;
    const pair = pairOf[object]!;
    if (identity[pair] !== earlierIdentity[earlierPairOf[other]!]) continue;
    if (byContent[pair] === 1 && !haveEqualContent(earlier.snapshot, other, later.snapshot, object)) continue;
    survived[object >>> 5]! |= 1 << (object & 31);
    kept[other >>> 5]! |= 1 << (other & 31);
    matching.matched++;
    if (untraced[pair] === 1) {
      byAddressOnly[object >>> 5]! |= 1 << (object & 31);
      matching.matchedByAddressOnly++;
    }
    onMatch?.(object, other);
  }
}

/** Whether two strings have the same text, by its hash, or neither record has one. */
function haveEqualContent(one: HeapSnapshot, object: number, other: HeapSnapshot, its: number): boolean {
  return one.contentHash.of(object) === other.contentHash.of(its);
}
