import type { Retention } from '../indexes/retention.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import type { Overview, RetainedRow, RootRow } from '../protocol/overview.ts';
import type { GroupRow, Tally } from '../protocol/rows.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { wordsOf } from '../protocol/vocabulary.ts';
import { isOverhead, overheadLabels } from './descriptors.ts';
import { elementClass } from './element-class.ts';
import { dominatorOf, isMeasurementOverhead, objectRow } from './object-rows.ts';
import { repeatedClasses } from './repeated-classes.ts';
import { reachability, referencesOfRoot, tallyBy } from './report.ts';
import type { PairTally } from './tally.ts';
import { threadsOf } from './threads.ts';
import { isTopLevel, topLevelClass } from './top-level.ts';
import { runLength, topRetained } from './top-retained.ts';

/**
 * Totals and top lists of a set; only the totals include the allocation tracer's own table. O(n). `classes`: all
 * classes of the set, as returned by `groupRows`.
 */
export function makeOverview(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
  { all: tally, unreachable }: { all: PairTally; unreachable: PairTally },
  classes: readonly GroupRow[],
  top: number,
): Overview {
  const { facts } = snapshot;
  const measurement = overheadLabels(snapshot);
  const listed = classes.filter(({ label }) => label === null || !measurement.has(label));
  const by = (key: 'shallowBytes' | 'retainedBytes') =>
    [...listed].sort((a, b) => b[key] - a[key] || b.objects - a.objects).slice(0, top);
  return {
    objects: set.objects,
    shallowBytes: set.shallowBytes,
    ...reachability(set, unreachable),
    freeSlots: facts.freeSlots,
    shapes: snapshot.shapes.length,
    references: facts.references,
    danglingReferences: facts.danglingReferences,
    duplicateAddresses: facts.duplicateAddresses,
    threads: threadsOf(snapshot),
    repeatedClasses: repeatedClasses(snapshot).slice(0, top),
    roots: rootRows(snapshot, retention),
    types: tallyBy(snapshot, tally, 'type').map(row => ({
      type: row.label ?? '',
      family: wordsOf(snapshot.vocabulary, row.label ?? '', '').family,
      objects: row.objects,
      shallowBytes: row.shallowBytes,
    })),
    classesByShallow: by('shallowBytes'),
    classesByRetained: by('retainedBytes'),
    topRetained: retainedRows(snapshot, retention, topRetained(snapshot, retention, set, top, true)),
    measurementOverhead: measurementOverhead(snapshot, tally),
    import: facts.import,
  };
}

function retainedRows(
  snapshot: HeapSnapshot,
  retention: Retention,
  objects: readonly ObjectIndex[],
): RetainedRow[] {
  const topLevel = topLevelClass(snapshot);
  return objects.map(object => {
    const dominator = dominatorOf(snapshot, retention, object);
    return {
      object: objectRow(snapshot, retention, object),
      dominator,
      atTopLevel:
        dominator.kind === 'object' && isTopLevel(snapshot, retention, topLevel, dominator.object.index),
      elementClass: elementClass(snapshot, object),
      chainLength: runLength(snapshot, retention, object),
      overhead: isMeasurementOverhead(snapshot, object),
    };
  });
}

/** Kinds of root, including pseudo-roots, by what only they retain. */
function rootRows(snapshot: HeapSnapshot, retention: Retention): RootRow[] {
  return retention.kinds
    .map((name, kind) => ({
      name,
      references: referencesOfRoot(snapshot, retention, kind),
      retainedBytes: retention.retained[retention.kindPositions[kind]!]!,
    }))
    .sort((a, b) => b.retainedBytes - a.retainedBytes);
}

/** The allocation tracer's own data in a tally, if any. O(pairs). */
function measurementOverhead(snapshot: HeapSnapshot, tally: PairTally): Tally | null {
  const sum: Tally = { objects: 0, shallowBytes: 0 };
  for (const [entry, pair] of tally.pair.entries()) {
    if (!isOverhead(snapshot, snapshot.pairs.descriptor[pair]!)) continue;
    sum.objects += tally.objects[entry]!;
    sum.shallowBytes += tally.shallowBytes[entry]!;
  }
  return sum.objects === 0 ? null : sum;
}
