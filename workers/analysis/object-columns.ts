import type { Adjacency, HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectColumn } from '../protocol/questions/sort-keys.ts';
import type { ColumnValue } from '../protocol/rows.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { DistinctReferences, ReferrerCounts } from './filter/degree-terms.ts';
import type { GroupTable, ObjectGroups } from './grouping.ts';

/** One column of a table of objects: its value for an object, and the number by which it is sorted. */
export interface ColumnValues {
  valueAt(object: ObjectIndex): ColumnValue;
  /** Whole numbers; objects without a value have the lowest. */
  rankOf(object: ObjectIndex): number;
}

/** The input of a figure that is computed for each object. */
export interface FigureSource {
  snapshot: HeapSnapshot;
  referrers: Adjacency | null;
}

/** Figures that are not labels of a grouping. */
export function figureColumn(
  column: 'references' | 'referrers' | 'length',
  { snapshot, referrers }: FigureSource,
): ColumnValues {
  switch (column) {
    case 'references': {
      const distinct = new DistinctReferences(snapshot);
      return ofFigure(object => distinct.of(object));
    }
    case 'referrers': {
      if (referrers === null) throw new Error('Referrers are needed for their column.');
      const counts = new ReferrerCounts(snapshot, referrers);
      return ofFigure(object => counts.of(object));
    }
    case 'length':
      return {
        valueAt: object => snapshot.contentLength.of(object),
        rankOf: object => (snapshot.contentLength.of(object) ?? -1) + 1,
      };
  }
}

function ofFigure(valueAt: (object: ObjectIndex) => number): ColumnValues {
  return { valueAt, rankOf: valueAt };
}

/** The labels of the groups under a key, sorted with numbers by value. O(groups log groups). */
export function labelColumn(
  { pair }: HeapSnapshot,
  groups: Pick<GroupTable, 'groupOf' | 'labels'> | ObjectGroups,
  by: 'pair' | 'object',
): ColumnValues {
  const { groupOf, labels } = groups;
  const order = [...labels.keys()].sort((a, b) => compareLabels(labels[a]!, labels[b]!));
  const ranks = new Uint32Array(labels.length);
  for (const [rank, group] of order.entries()) ranks[group] = rank;
  const of =
    by === 'pair'
      ? (object: ObjectIndex) => groupOf[pair[object]!]!
      : (object: ObjectIndex) => groupOf[object]!;
  return { valueAt: object => labels[of(object)]!, rankOf: object => ranks[of(object)]! };
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

function compareLabels(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return COLLATOR.compare(a, b);
}

/** Whether a column is a figure; the others are keys of groupings. */
export function isFigureColumn(column: ObjectColumn): column is 'references' | 'referrers' | 'length' {
  return column === 'references' || column === 'referrers' || column === 'length';
}
