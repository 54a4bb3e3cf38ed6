import type { Bytes as ByteCount, Count as ObjectCount } from '../../../workers/protocol/units.ts';
import { shareOf } from '../../format/counts.ts';
import { Bytes, Count } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';

/** How many objects a group has. */
export function objectsColumn<Row extends { objects: ObjectCount }>(width = '84px'): Column<Row> {
  return {
    id: 'objects',
    header: 'Objects',
    term: 'objects',
    align: 'end',
    width,
    cell: row => <Count value={row.objects} />,
    text: row => String(row.objects),
  };
}

/** The shallow size of a group, with its share of `wholeBytes`. */
export function shallowColumn<Row extends { shallowBytes: ByteCount }>(wholeBytes: ByteCount): Column<Row> {
  return {
    id: 'shallow',
    header: 'Shallow',
    term: 'shallowBytes',
    align: 'end',
    width: '96px',
    cell: row => <Bytes value={row.shallowBytes} />,
    share: row => shareOf(row.shallowBytes, wholeBytes),
    text: row => String(row.shallowBytes),
  };
}

/** The retained size of a group, with its share of `wholeBytes`. */
export function retainedColumn<Row extends { retainedBytes: ByteCount }>(wholeBytes: ByteCount): Column<Row> {
  return {
    id: 'retained',
    header: 'Retained',
    term: 'groupRetainedBytes',
    align: 'end',
    width: '96px',
    cell: row => <Bytes value={row.retainedBytes} />,
    share: row => shareOf(row.retainedBytes, wholeBytes),
    text: row => String(row.retainedBytes),
  };
}
