import type { GroupingKey, ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import { originRank } from '../../../workers/protocol/origin.ts';
import type { GroupRow, Window } from '../../../workers/protocol/rows.ts';
import type { Count } from '../../../workers/protocol/units.ts';

/** A row of the sites: a group, or the number of smaller ones after the first `skip`. */
export type SiteRow =
  | { kind: 'group'; key: GroupingKey; group: GroupRow }
  | { kind: 'rest'; groups: Count; skip: Count };

const LEVELS: readonly GroupingKey[] = ['origin', 'gem', 'directory', 'file', 'site', 'method'];
/** Origins that are divided by gem. */
const WITH_GEMS: readonly (string | null)[] = ['gem', 'ruby'];

/** The key of the level below a row; null if there is none: below methods, and below objects without a site. */
export function nextKey(path: readonly SiteRow[]): GroupingKey | null {
  // A rest contains more groups of the same level.
  const last = path.filter(row => row.kind === 'group').at(-1);
  if (last === undefined) return LEVELS[0]!;
  if (last.group.label === null) return null;
  const isOriginWithoutGems = last.key === 'origin' && !WITH_GEMS.includes(last.group.label);
  return LEVELS[LEVELS.indexOf(last.key) + (isOriginWithoutGems ? 2 : 1)] ?? null;
}

/** The set of the last row of a path, within a set. `shortly`: without conditions that the others imply. */
export function setAt(set: ObjectSetSpec, path: readonly SiteRow[], shortly = false): ObjectSetSpec {
  const groups = path.filter(row => row.kind === 'group');
  const last = groups.at(-1)?.key;
  const needed = !shortly ? groups : groups.slice(last === 'method' || last === 'directory' ? -2 : -1);
  const specs = needed.map(({ key, group }): ObjectSetSpec => ({ kind: 'group', key, label: group.label }));
  const sets = set.kind === 'all' ? specs : [set, ...specs];
  return sets.length === 1 ? sets[0]! : { kind: 'and', sets };
}

/**
 * The groups of a level as rows: origins with the application first and untraced objects last, all others in the
 * requested order.
 */
export function siteRows(key: GroupingKey, { rows, total, offset }: Window<GroupRow>): SiteRow[] {
  const sorted = key === 'origin' ? rows.toSorted((a, b) => originRank(a.label) - originRank(b.label)) : rows;
  const groups = sorted.map((group): SiteRow => ({ kind: 'group', key, group }));
  const skip = offset + rows.length;
  return total > skip ? [...groups, { kind: 'rest', groups: total - skip, skip }] : groups;
}
