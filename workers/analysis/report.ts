import type { Retention } from '../indexes/retention.ts';
import { addressOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { REPORT_VERSION, type Report } from '../protocol/report.ts';
import type { GroupRow, Tally } from '../protocol/rows.ts';
import type { Duplicates } from '../protocol/strings.ts';
import { groupTable } from './grouping.ts';
import { dominatorOf, objectRow } from './object-rows.ts';
import type { PairTally } from './tally.ts';
import { topRetained } from './top-retained.ts';

/** Reachable and unreachable members of a set, from the tally of the unreachable ones. O(pairs). */
export function reachability(
  set: ObjectSet,
  unreachableTally: PairTally,
): { reachable: Tally; unreachable: Tally } {
  const unreachable: Tally = {
    objects: unreachableTally.objects.reduce((sum, objects) => sum + objects, 0),
    shallowBytes: unreachableTally.shallowBytes.reduce((sum, bytes) => sum + bytes, 0),
  };
  const reachable = {
    objects: set.objects - unreachable.objects,
    shallowBytes: set.shallowBytes - unreachable.shallowBytes,
  };
  return { reachable, unreachable };
}

/** A tally by one key, by shallow bytes, descending. O(pairs). */
export function tallyBy(
  snapshot: HeapSnapshot,
  tally: PairTally,
  key: 'type' | 'generation',
): { label: string | null; objects: number; shallowBytes: number }[] {
  const table = groupTable(snapshot, key, '');
  const rows = table.labels.map(label => ({ label, objects: 0, shallowBytes: 0 }));
  for (const [entry, pair] of tally.pair.entries()) {
    const row = rows[table.groupOf[pair]!]!;
    row.objects += tally.objects[entry]!;
    row.shallowBytes += tally.shallowBytes[entry]!;
  }
  return rows
    .filter(row => row.objects > 0)
    .sort((a, b) => b.shallowBytes - a.shallowBytes || b.objects - a.objects);
}

/** The numbers of a set. O(n). `classes`: all of its classes, as returned by `groupRows`. */
export function makeReport(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
  { all: tally, unreachable }: { all: PairTally; unreachable: PairTally },
  classes: readonly GroupRow[],
  duplicateStrings: Duplicates | null,
  top: number,
): Report {
  const { facts, vocabulary } = snapshot;
  return {
    version: REPORT_VERSION,
    format: vocabulary.format,
    kind: 'heap',
    rubyVersion: facts.runtimeVersion,
    objects: set.objects,
    shallowBytes: set.shallowBytes,
    freeSlots: facts.freeSlots,
    roots: retention.kinds.map((name, kind) => ({
      name,
      references: referencesOfRoot(snapshot, retention, kind),
    })),
    skippedRecords: facts.import.skippedRecords + facts.duplicateAddresses,
    rescuedRecords: facts.import.rescuedRecords,
    foreignLines: facts.import.foreignLines,
    duplicateAddresses: facts.duplicateAddresses,
    truncated: facts.import.truncated,
    secondDump: facts.import.secondDump,
    damage: facts.import.damage,
    notes: facts.import.notes,
    layers: facts.import.layers,
    danglingReferences: facts.danglingReferences,
    ...reachability(set, unreachable),
    types: tallyBy(snapshot, tally, 'type').map(row => ({
      type: row.label ?? '',
      objects: row.objects,
      shallowBytes: row.shallowBytes,
    })),
    classes: [...classes]
      .sort((a, b) => b.shallowBytes - a.shallowBytes || b.objects - a.objects)
      .slice(0, top)
      .map(row => ({
        label: row.label ?? '',
        objects: row.objects,
        shallowBytes: row.shallowBytes,
        retainedBytes: row.retainedBytes,
      })),
    generations: tallyBy(snapshot, tally, 'generation').map(row => ({
      generation: row.label === null ? null : Number(row.label),
      objects: row.objects,
      shallowBytes: row.shallowBytes,
    })),
    duplicateStrings,
    topRetained: topRetained(snapshot, retention, set, Math.min(top, set.objects), false).map(object => {
      const row = objectRow(snapshot, retention, object);
      return {
        address: row.address,
        label: row.label,
        shallowBytes: row.shallowBytes,
        retainedBytes: row.retainedBytes,
        dominator: dominatorText(snapshot, retention, object),
      };
    }),
  };
}

/** Distinct addresses that the dump lists for a kind of root; for a pseudo-root, the objects below it. */
export function referencesOfRoot(snapshot: HeapSnapshot, retention: Retention, kind: number): number {
  const root = snapshot.roots[kind];
  return root?.name === retention.kinds[kind] ? root!.listed : retention.kindObjects[kind]!.length;
}

/** An address, a root's name, "ROOT" if several roots reach the object by separate paths, or "UNREACHABLE". */
export function dominatorText(snapshot: HeapSnapshot, retention: Retention, object: number): string {
  const dominator = dominatorOf(snapshot, retention, object);
  switch (dominator.kind) {
    case 'object':
      return addressOf(snapshot, dominator.object.index);
    case 'root':
      return dominator.root;
    case 'roots':
      return 'ROOT';
    case 'unreachable':
      return 'UNREACHABLE';
  }
}
