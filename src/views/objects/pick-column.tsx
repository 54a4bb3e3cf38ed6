import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import type { Column } from '../../widgets/table/columns.ts';
import type { Picked } from './use-picked.ts';

/** The column of checkboxes for picking rows. */
export function pickColumn(picked: Picked): Column<ObjectRow> {
  return {
    id: 'pick',
    header: 'Pick',
    width: '52px',
    cell: row => (
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={`Pick ${row.address}`}
        checked={picked.addresses.has(row.address)}
        onClick={event => event.stopPropagation()}
        onChange={() => picked.toggle(row)}
      />
    ),
    text: () => '',
  };
}
