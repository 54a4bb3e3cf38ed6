import type { Neighbour, NeighbourGroup, Window } from '../../../workers/protocol/rows.ts';
import type { Count } from '../../../workers/protocol/units.ts';
import { formatCount } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';

/** A row of the neighbours of an object grouped by class. A rest contains the rows after `skip` on its level. */
export type NeighbourRow =
  | { kind: 'group'; group: NeighbourGroup }
  | { kind: 'object'; neighbour: Neighbour }
  | { kind: 'rest'; skip: Count; left: Count };

/** The rows of a window, and a row for the rest if there are more. */
export function neighbourRows<Row>(
  { total, offset, rows }: Window<Row>,
  rowOf: (row: Row) => NeighbourRow,
): NeighbourRow[] {
  const skip = offset + rows.length;
  const left = total - skip;
  const rest: NeighbourRow[] = left > 0 && rows.length > 0 ? [{ kind: 'rest', skip, left }] : [];
  return [...rows.map(rowOf), ...rest];
}

/** Distinguishes a row from its siblings. */
export function neighbourRowId(row: NeighbourRow): string {
  switch (row.kind) {
    case 'group':
      return `group ${row.group.label}`;
    case 'object':
      return `object ${row.neighbour.object.index}`;
    case 'rest':
      return `rest ${row.skip}`;
  }
}

/** `String × 4,812`, `12 more`. */
export function neighbourRowName(row: Exclude<NeighbourRow, { kind: 'object' }>): string {
  return row.kind === 'group'
    ? oneLine(`${row.group.label} × ${formatCount(row.group.objects)}`)
    : `${formatCount(row.left)} more`;
}
