import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCount, formatCountOf } from '../../protocol/format/counts.ts';
import { oneLine } from '../../protocol/format/names.ts';
import type { Limit, Measure } from './budget.ts';
import type { GroupLabel, Measured, Reasons } from './measure.ts';

/** A limit that was checked: it holds, or this is why it does not. */
export interface Verdict {
  limit: Limit;
  /** The dump, as it was given; of growth, the first and the last. */
  dump: string;
  /** What is over it, the worst first; empty where the limit holds. */
  over: { measured: Measured; reasons: Reasons | null }[];
  /** The largest value found, over the limit or not; null if there was no group. */
  largest: Measured | null;
}

/** What was measured, in words: `12.3 MiB retained, 11.3 MiB over`. */
export function measuredText(
  { measure, most, isPercent }: Limit,
  { group, value, before }: Measured,
): string {
  const figure = (amount: number) => figureText(measure, amount);
  if (before === null) {
    return `${nameText(group)}${amountText(measure, value)}, ${figure(value - most)} over the limit of ${figure(most)}`;
  }
  const allowed = isPercent ? `${most} %` : figure(most);
  return `${grownText(measure, { group, value, before })}; ${allowed} more allowed`;
}

/** The largest value of a limit that holds. */
export function holdsText({ measure }: Limit, largest: Measured | null): string {
  if (largest === null) return 'nothing found';
  const { value, before, group } = largest;
  const name = group === undefined ? '' : ` (${group === null ? 'none' : oneLine(group)})`;
  if (before === null) return `${amountText(measure, value)}${name}`;
  return `${amountText(measure, before)} → ${amountText(measure, value)}${name}`;
}

/** One line for each reason. */
export function reasonLines(measure: Measure, { classes, grown, objects }: Reasons): string[] {
  return [
    ...grown.map(row => `${grownText(measure, row)}`),
    ...classes.map(
      ({ label, objects: count, shallowBytes, retainedBytes }) =>
        `${oneLine(label)}: ${formatCountOf(count, 'object')}, ${amountText('shallow', shallowBytes)}, ${amountText('retained', retainedBytes)}`,
    ),
    ...objects.map(
      ({ address, label, retainedBytes, path }) =>
        `${address} ${oneLine(label)} retains ${bytesText(retainedBytes)}: ${oneLine(path)}`,
    ),
  ];
}

/** `User: 494 more (11 %): 4,326 → 4,820 objects`. */
function grownText(measure: Measure, { group, value, before }: Measured): string {
  const start = before ?? 0;
  const percent = start > 0 ? ` (${Math.round(((value - start) / start) * 100)} %)` : '';
  const from = figureText(measure, start);
  return `${nameText(group)}${figureText(measure, value - start)} more${percent}: ${from} → ${amountText(measure, value)}`;
}

function nameText(group: GroupLabel): string {
  return group === undefined ? '' : `${group === null ? '(none)' : oneLine(group)}: `;
}

function figureText(measure: Measure, amount: number): string {
  return measure === 'objects' ? formatCount(amount) : bytesText(amount);
}

function amountText(measure: Measure, value: number): string {
  if (measure === 'objects') return formatCountOf(value, 'object');
  return `${bytesText(value)} ${measure}`;
}

/** The formatter's spaces are for pages. */
function bytesText(bytes: number): string {
  return formatBytes(bytes).replace('\u00a0', ' ');
}
