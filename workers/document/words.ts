import type { DocumentOptions } from '../protocol/document.ts';
import { formatBytes } from '../protocol/format/bytes.ts';
import { formatCount } from '../protocol/format/counts.ts';
import { objectText } from '../protocol/format/object-text.ts';
import type { Overview } from '../protocol/overview.ts';
import type { RetainerPath } from '../protocol/paths.ts';
import type { SnapshotInfo } from '../protocol/snapshot-info.ts';

/** A one-line description of the dump. */
export function subtitle({ vocabulary, runtimeVersion, fileBytes }: SnapshotInfo): string {
  const { format, runtime } = vocabulary;
  return `${format} · ${runtime} ${runtimeVersion} · ${formatBytes(fileBytes)}`;
}

/** Date and time in UTC: a report may be read in another time zone. */
export function dateOf(madeAt: number): string {
  return `${new Date(madeAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The totals with their names. */
export function totalsOf(overview: Overview, info: SnapshotInfo): [string, string][] {
  const { objects, shallowBytes, unreachable, reachable } = overview;
  const totals: [string, string][] = [
    ['Objects', formatCount(objects)],
    ['Size', formatBytes(shallowBytes)],
    ['Reachable', formatBytes(reachable.shallowBytes)],
    ['Unreachable', formatBytes(unreachable.shallowBytes)],
    ['References', formatCount(overview.references)],
    ['Free slots', formatCount(overview.freeSlots)],
  ];
  if (info.tracedObjects > 0) totals.push(['Traced objects', formatCount(info.tracedObjects)]);
  return totals;
}

/** The name of a group; null stands for objects in no group, such as those whose allocation was not traced. */
export function groupName(label: string | null): string {
  return label ?? '(none)';
}

/** Steps of a path that are written: its two ends say most. */
const STEPS = 12;

/** A path from its root, one line per step. */
export function pathSteps({ root, steps }: RetainerPath): string[] {
  if (root === null) return ['no root reaches it'];
  const lines = steps.map(({ object, name }) => `${name === null ? '' : `${name} `}${objectText(object)}`);
  const left = lines.length - STEPS;
  const shown =
    left <= 0
      ? lines
      : [...lines.slice(0, STEPS / 2), `… ${formatCount(left)} more`, ...lines.slice(-STEPS / 2)];
  return [`root: ${root}`, ...shown];
}

/** The beginning of a string on one line. */
export function excerptText(text: string): string {
  return JSON.stringify(text);
}

/** The command that prints the same report. */
export function commandFor(
  { name, referencesOnly }: SnapshotInfo,
  { format, filter }: DocumentOptions,
): string {
  const narrowed = filter === '' ? '' : ` --filter ${quoted(filter)}`;
  const rule = referencesOnly ? ' --references-only' : '';
  return `heapscape report ${quoted(name)} --${format}${narrowed}${rule}`;
}

/** Quotes a word for a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
