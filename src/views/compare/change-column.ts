import type { Column } from '../../widgets/table/columns.ts';
import { changeOf, formatCountChange } from './changes.ts';

/** How a count changed from the first dump to the last. */
export function countChangeColumn<Row extends { counts: readonly number[] }>(
  id: string,
  header: string,
): Column<Row> {
  return {
    id,
    header,
    align: 'end',
    width: '96px',
    cell: row => formatCountChange(changeOf(row.counts)),
    text: row => String(changeOf(row.counts)),
  };
}
