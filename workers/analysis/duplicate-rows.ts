import type { Retention } from '../indexes/retention.ts';
import { type Adjacency, allocationOf, type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import type { CountedLabel, DuplicateStringRow } from '../protocol/strings.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import type { DuplicateStrings } from './duplicate-strings.ts';
import { objectRow } from './object-rows.ts';
import { copiesIn } from './set-duplicates.ts';

/** Maximum number of labels in a row; the others are only counted. */
const NAMED = 3;

/** A text that several members of a set have. O(copies + their referrers). */
export function duplicateRow(
  snapshot: HeapSnapshot,
  retention: Retention,
  referrers: Adjacency,
  duplicates: DuplicateStrings,
  set: ObjectSet,
  text: number,
): DuplicateStringRow {
  const copies = copiesIn(duplicates, set, text);
  const sites = new Map<string | null, number>();
  const holders = new Map<string | null, number>();
  let shallowBytes = 0;
  let largest = 0;
  for (const copy of copies) {
    const bytes = shallowBytesOf(snapshot, copy);
    shallowBytes += bytes;
    largest = Math.max(largest, bytes);
    count(sites, siteOf(snapshot, copy));
    for (let at = referrers.first[copy]!; at < referrers.first[copy + 1]!; at++) {
      count(holders, holderOf(snapshot, retention, referrers.targets[at]!));
    }
  }
  const first = copies[0]!;
  return {
    object: objectRow(snapshot, retention, first),
    copies: copies.length,
    length: snapshot.contentLength.of(first),
    shallowBytes,
    wastedBytes: shallowBytes - largest,
    sites: mostOf(sites),
    siteCount: sites.size,
    holders: mostOf(holders),
    holderCount: holders.size,
  };
}

function count(counts: Map<string | null, number>, label: string | null): void {
  counts.set(label, (counts.get(label) ?? 0) + 1);
}

function mostOf(counts: Map<string | null, number>): CountedLabel[] {
  return [...counts]
    .map(([label, objects]) => ({ label, objects }))
    .sort((a, b) => b.objects - a.objects)
    .slice(0, NAMED);
}

/** `file:line`, or null if the object is untraced. */
function siteOf(snapshot: HeapSnapshot, object: ObjectIndex): string | null {
  const { allocations, sites, strings } = snapshot;
  const site = allocations.site[allocationOf(snapshot, object)]!;
  return site === 0 ? null : `${strings.text(sites.file[site]!)}:${sites.line[site]}`;
}

/** The class of an object that refers to a string; for a class or module, its own name. */
function holderOf(snapshot: HeapSnapshot, retention: Retention, object: ObjectIndex): string {
  const { label, title, isNamed } = objectRow(snapshot, retention, object);
  return isNamed && title !== '' ? title : label;
}
