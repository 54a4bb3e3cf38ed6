import type { Retention } from '../indexes/retention.ts';
import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import type { GroupRow, Overview, RootRow, Tally } from '../protocol/rows.ts';
import { dominatorOf, isMeasurementOverhead, objectRow } from './object-rows.ts';
import { reachability, referencesOfRoot, tallyBy } from './report.ts';
import type { PairTally } from './tally.ts';
import { runLength, topRetained } from './top-retained.ts';

/** Totals and top lists of a set. O(n). `classes` are all of the set, as made by `groupRows`. */
export function makeOverview(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
  tally: PairTally,
  classes: readonly GroupRow[],
  top: number,
): Overview {
  const { facts } = snapshot;
  const by = (key: 'shallowBytes' | 'retainedBytes') =>
    [...classes].sort((a, b) => b[key] - a[key] || b.objects - a.objects).slice(0, top);
  return {
    objects: set.objects,
    shallowBytes: set.shallowBytes,
    ...reachability(snapshot, retention, set),
    freeSlots: facts.freeSlots,
    shapes: snapshot.shapes.length,
    references: facts.references,
    danglingReferences: facts.danglingReferences,
    duplicateAddresses: facts.duplicateAddresses,
    roots: rootRows(snapshot, retention),
    types: tallyBy(snapshot, tally, 'type').map(row => ({
      type: row.label ?? '',
      objects: row.objects,
      shallowBytes: row.shallowBytes,
    })),
    classesByShallow: by('shallowBytes'),
    classesByRetained: by('retainedBytes'),
    topRetained: topRetained(snapshot, retention, set, top, true).map(object => ({
      object: objectRow(snapshot, retention, object),
      dominator: dominatorOf(snapshot, retention, object),
      chainLength: runLength(snapshot, retention, object),
      overhead: isMeasurementOverhead(snapshot, object),
    })),
    measurementOverhead: measurementOverhead(snapshot, set),
    import: facts.import,
  };
}

/** Kinds of root, the pseudo-roots included, by what they alone keep. */
function rootRows(snapshot: HeapSnapshot, retention: Retention): RootRow[] {
  return retention.kinds
    .map((name, kind) => ({
      name,
      references: referencesOfRoot(snapshot, retention, kind),
      retainedBytes: retention.retained[retention.kindPositions[kind]!]!,
    }))
    .sort((a, b) => b.retainedBytes - a.retainedBytes);
}

/** The allocation tracer's own data, if any. O(n). */
function measurementOverhead(snapshot: HeapSnapshot, set: ObjectSet): Tally | null {
  const tally: Tally = { objects: 0, shallowBytes: 0 };
  const { descriptors } = snapshot;
  const isData = new Uint8Array(descriptors.length);
  for (let id = 0; id < descriptors.length; id++) {
    isData[id] =
      snapshot.strings.text(descriptors.type[id]!) === 'DATA' && descriptors.kind[id] !== 0 ? 1 : 0;
  }
  for (let object = 0; object < snapshot.objects; object++) {
    if (isData[snapshot.descriptor[object]!] === 0 || !set.has(object)) continue;
    if (!isMeasurementOverhead(snapshot, object)) continue;
    tally.objects++;
    tally.shallowBytes += shallowBytesOf(snapshot, object);
  }
  return tally.objects === 0 ? null : tally;
}
