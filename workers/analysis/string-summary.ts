import { allocationOf, type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { Tally } from '../protocol/rows.ts';
import type { LiteralFile, StringSummary } from '../protocol/strings.ts';
import { type DuplicateStrings, pairsOfStrings } from './duplicate-strings.ts';
import { type SetDuplicates, sumOf } from './set-duplicates.ts';

/** A summary of the strings of a set. O(n). `top`: maximum number of files. */
export function* stringSummary(
  snapshot: HeapSnapshot,
  set: ObjectSet,
  duplicates: DuplicateStrings,
  inSet: SetDuplicates,
  top: number,
): Steps<StringSummary> {
  const isString = pairsOfStrings(snapshot);
  const { flags, pair } = snapshot;
  const strings: Tally = { objects: 0, shallowBytes: 0 };
  const withoutText: Tally = { objects: 0, shallowBytes: 0 };
  const empty: Tally = { objects: 0, shallowBytes: 0 };
  for (let object = 0; object < snapshot.objects; object++) {
    if ((object & (STRIDE - 1)) === 0) yield object / snapshot.objects;
    if (isString[pair[object]!] === 0 || !set.has(object)) continue;
    const bytes = shallowBytesOf(snapshot, object);
    add(strings, bytes);
    // Newer Rubies do not write the text of an empty string.
    const hasLength = (flags[object]! & ObjectFlag.hasLength) !== 0;
    const isEmpty = hasLength && snapshot.contentLength.of(object) === 0;
    if (isEmpty) add(empty, bytes);
    else if ((flags[object]! & ObjectFlag.hasValue) === 0) add(withoutText, bytes);
  }
  const literals = literalFiles(snapshot, set, duplicates);
  return {
    strings,
    withoutText,
    empty,
    duplicates: sumOf(inSet),
    unread: duplicates.unread,
    literals: literals.slice(0, top),
  };
}

function add(tally: Tally, bytes: number): void {
  tally.objects++;
  tally.shallowBytes += bytes;
}

/**
 * Files by the most that frozen string literals would save in them: a line that allocated equal strings several times
 * would need only one. Interned strings are left out. O(copies).
 */
export function literalFiles(
  snapshot: HeapSnapshot,
  set: ObjectSet,
  { objects, first }: DuplicateStrings,
): LiteralFile[] {
  const { allocations, sites, flags } = snapshot;
  const byFile = new Map<number, LiteralFile>();
  for (let text = 0; text + 1 < first.length; text++) {
    /** Site → copies, their bytes, and the largest. */
    const bySite = new Map<number, { copies: number; bytes: number; largest: number }>();
    for (let at = first[text]!; at < first[text + 1]!; at++) {
      const object = objects[at]!;
      const site = allocations.site[allocationOf(snapshot, object)]!;
      if (site === 0 || (flags[object]! & ObjectFlag.fstring) !== 0 || !set.has(object)) continue;
      const bytes = shallowBytesOf(snapshot, object);
      const sums = bySite.get(site) ?? { copies: 0, bytes: 0, largest: 0 };
      bySite.set(site, sums);
      sums.copies++;
      sums.bytes += bytes;
      sums.largest = Math.max(sums.largest, bytes);
    }
    for (const [site, { copies, bytes, largest }] of bySite) {
      if (copies < 2) continue;
      const file = sites.file[site]!;
      const sums = byFile.get(file) ?? {
        file: snapshot.strings.text(file),
        groups: 0,
        copies: 0,
        savedBytes: 0,
      };
      byFile.set(file, sums);
      sums.groups++;
      sums.copies += copies;
      sums.savedBytes += bytes - largest;
    }
  }
  return [...byFile.values()].sort((a, b) => b.savedBytes - a.savedBytes || (a.file < b.file ? -1 : 1));
}
