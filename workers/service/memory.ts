import type { Retention } from '../indexes/retention.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { heldBytes } from '../model/held-bytes.ts';
import type { Bytes } from '../protocol/units.ts';

/** How much memory a tab gets for its arrays, by measurement: 11 GiB were available, and 12 GiB failed. */
const TAB_BYTES = 11 * 2 ** 30;
/** The largest share of a machine's memory that a tab should take. */
const SHARE_OF_MACHINE = 0.75;
/** Browsers report no more than this, to prevent fingerprinting; the machine may have much more. */
const LARGEST_REPORTED_GIB = 8;

/**
 * Bytes that this tab can expect to get. `deviceMemoryGib`: the browser's figure for the machine; undefined if it
 * gives none.
 */
export function tabMemoryBytes(deviceMemoryGib: number | undefined): Bytes {
  if (deviceMemoryGib === undefined || deviceMemoryGib >= LARGEST_REPORTED_GIB) return TAB_BYTES;
  return Math.min(TAB_BYTES, deviceMemoryGib * 2 ** 30 * SHARE_OF_MACHINE);
}

/** Bytes that a snapshot's columns and indexes hold, including the referrers, which may still have to be computed. */
export function memoryBytes(snapshot: HeapSnapshot, retention: Retention): Bytes {
  const referrers = (snapshot.objects + 1 + snapshot.references.targets.length) * 4;
  return heldBytes([snapshot, retention]) + referrers;
}
