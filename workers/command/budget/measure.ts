import type { ObjectSetSpec } from '../../protocol/object-set.ts';
import type { GroupSortKey } from '../../protocol/questions/sort-keys.ts';
import type { Tally } from '../../protocol/rows.ts';
import type { SnapshotInfo } from '../../protocol/snapshot-info.ts';
import type { Bytes } from '../../protocol/units.ts';
import type { HeapSession } from '../../service/heap-session.ts';
import type { Limit, Measure } from './budget.ts';
import { pathText } from './path-text.ts';

/** A dump that is measured. */
export interface MeasuredDump {
  session: HeapSession;
  info: SnapshotInfo;
  /** As it was given. */
  path: string;
}

/** A group's label; null = the group of objects without one; undefined where a limit is about all objects together. */
export type GroupLabel = string | null | undefined;

/** What a limit found: of one group, or of all the objects that it is about. */
export interface Measured {
  group: GroupLabel;
  /** In objects or bytes. */
  value: number;
  /** Of growth, the value in the first dump. */
  before: number | null;
}

/** Rows that a question answers at most. */
const ROWS = 1000;
/** What the allocation tracer takes doubles between dumps, and is no growth of the program's (numbers.md#measurement-overhead). */
const WITHOUT_TRACER = '-is:overhead';

/** What a dump has of the objects of a limit. A `FilterError` says why a dump cannot answer the filter. */
export async function measure(dump: MeasuredDump, limit: Limit): Promise<Measured[]> {
  const values = await valuesOf(dump, limit, limit.filter);
  return [...values].map(([group, value]) => ({ group, value, before: null }));
}

/** What the first and the last dump have. The allocation tracer is left out, unless a filter may mean it. */
export async function measureGrowth(
  first: MeasuredDump,
  last: MeasuredDump,
  limit: Limit,
): Promise<Measured[]> {
  const filter = filterOfGrowth(limit);
  const before = await valuesOf(first, limit, filter);
  const after = await valuesOf(last, limit, filter);
  return [...after].map(([group, value]) => ({ group, value, before: before.get(group) ?? 0 }));
}

function filterOfGrowth({ each, filter }: Limit): string {
  if (filter === '') return WITHOUT_TRACER;
  return each === null ? filter : `${WITHOUT_TRACER} (${filter})`;
}

/** Whether a limit is exceeded. */
export function isOver({ most, isPercent }: Limit, { value, before }: Measured): boolean {
  if (before === null) return value > most;
  const growth = value - before;
  return isPercent ? growth * 100 > most * before : growth > most;
}

async function valuesOf(
  { session, info }: MeasuredDump,
  { each, measure }: Limit,
  filter: string,
): Promise<Map<GroupLabel, number>> {
  const snapshot = info.id;
  if (each === null) {
    // Without a key all objects are one group, whose retained size counts nothing twice.
    const { groups = [] } = await session.ask('report', { snapshot, filter, top: 1, group: [] });
    const [all] = groups;
    return new Map([[undefined, all === undefined ? 0 : amountOf(all, measure)]]);
  }
  const values = new Map<GroupLabel, number>();
  const query = { snapshot, set: setOf(filter), key: each, sort: 'objects', descending: true } as const;
  for (let offset = 0; ; offset += ROWS) {
    const { rows, total } = await session.ask('groups', { ...query, offset, limit: ROWS });
    for (const row of rows) values.set(row.label, amountOf(row, measure));
    if (offset + rows.length >= total) return values;
  }
}

function setOf(filter: string): ObjectSetSpec {
  return filter === '' ? { kind: 'all' } : { kind: 'filter', text: filter };
}

function amountOf(row: Tally & { retainedBytes: Bytes }, measure: Measure): number {
  const values = { objects: row.objects, shallow: row.shallowBytes, retained: row.retainedBytes };
  return values[measure];
}

/** What tells why a limit is exceeded: the classes that count most or grew most, and the objects that retain most. */
export interface Reasons {
  classes: (Tally & { label: string; retainedBytes: Bytes })[];
  grown: Measured[];
  objects: { address: string; label: string; retainedBytes: Bytes; path: string }[];
}

/** Classes and objects that are named as reasons. */
const REASONS = 3;
const SORTS: Record<Measure, GroupSortKey> = {
  objects: 'objects',
  shallow: 'shallowBytes',
  retained: 'retainedBytes',
};

/** Why a limit is exceeded; of a limit for each group, why one of its groups is. */
export async function reasonsFor(
  { session, info }: MeasuredDump,
  { filter, each, measure }: Limit,
  group: GroupLabel,
): Promise<Reasons> {
  const snapshot = info.id;
  const set: ObjectSetSpec =
    each === null || group === undefined
      ? setOf(filter)
      : { kind: 'and', sets: [setOf(filter), { kind: 'group', key: each, label: group }] };
  const largest = { snapshot, set, offset: 0, limit: REASONS, descending: true };
  const classes = await session.ask('groups', { ...largest, key: 'class', sort: SORTS[measure] });
  const objects = await session.ask('objects', { ...largest, sort: 'retainedBytes' });
  const reasons: Reasons = {
    classes: classes.rows.map(row => ({ ...row, label: row.label ?? '' })),
    grown: [],
    objects: [],
  };
  for (const { index, address, label, retainedBytes } of objects.rows) {
    const path = await session.ask('retainerPath', { snapshot, object: index });
    reasons.objects.push({ address, label, retainedBytes, path: pathText(path) });
  }
  return reasons;
}

/** Why all objects together grew: the classes that grew most. Of a limit for each group, see {@link reasonsFor}. */
export async function reasonsForGrowth(
  first: MeasuredDump,
  last: MeasuredDump,
  limit: Limit,
): Promise<Reasons> {
  const grown = await measureGrowth(first, last, { ...limit, each: 'class' });
  const growth = ({ value, before }: Measured) => value - (before ?? 0);
  grown.sort((a, b) => growth(b) - growth(a));
  return { classes: [], grown: grown.filter(row => growth(row) > 0).slice(0, REASONS), objects: [] };
}
