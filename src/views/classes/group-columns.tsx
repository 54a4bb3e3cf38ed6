import { type GroupingKey, isPlaceKey } from '../../../workers/protocol/object-set.ts';
import type { GroupRow } from '../../../workers/protocol/rows.ts';
import type { Bytes as ByteCount } from '../../../workers/protocol/units.ts';
import { shareOf } from '../../format/counts.ts';
import { GROUPING_KEY_NAMES } from '../../state/grouping-names.ts';
import { Bytes, Count, TypeDot } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { GroupName, groupText } from '../shared/FilePath.tsx';
import styles from './ClassesView.module.css';

const ORIGIN: Column<GroupRow> = {
  id: 'origin',
  header: 'Origin',
  term: 'origin',
  width: '104px',
  sort: 'origin',
  cell: row => row.origin ?? '',
  text: row => row.origin ?? '',
};

/** The columns of a table of groups; shares are of the whole heap. */
export function groupColumns(
  key: GroupingKey,
  heapBytes: ByteCount,
  onWhy: (row: GroupRow) => void,
): Column<GroupRow>[] {
  const { name } = GROUPING_KEY_NAMES[key];
  const text = (row: GroupRow) => groupText(key, row.label);
  return [
    {
      id: 'label',
      header: name.charAt(0).toUpperCase() + name.slice(1),
      term: key,
      width: 'minmax(200px, 760px)',
      sort: 'label',
      cell: (row, fittingChars) => (
        <>
          {row.type === null ? null : <TypeDot of={row} />}
          <GroupName groupKey={key} label={row.label} maxLength={fittingChars - 2} />
        </>
      ),
      text,
    },
    ...(isPlaceKey(key) && key !== 'origin' ? [ORIGIN] : []),
    {
      id: 'objects',
      header: 'Objects',
      term: 'objects',
      align: 'end',
      width: '96px',
      sort: 'objects',
      cell: row => <Count value={row.objects} />,
      text: row => String(row.objects),
    },
    {
      id: 'shallow',
      header: 'Shallow',
      term: 'shallowBytes',
      align: 'end',
      width: '112px',
      sort: 'shallowBytes',
      cell: row => <Bytes value={row.shallowBytes} />,
      share: row => shareOf(row.shallowBytes, heapBytes),
      text: row => String(row.shallowBytes),
    },
    {
      id: 'retained',
      header: 'Retained',
      term: 'groupRetainedBytes',
      align: 'end',
      width: '112px',
      sort: 'retainedBytes',
      cell: row => <Bytes value={row.retainedBytes} />,
      share: row => shareOf(row.retainedBytes, heapBytes),
      text: row => String(row.retainedBytes),
    },
    {
      id: 'why',
      header: 'Alive',
      width: '84px',
      // For the pointer only: on the keyboard, Enter opens the row, and g w the view.
      cell: row => (
        <button
          type="button"
          tabIndex={-1}
          className={styles.why}
          aria-label={`Why alive: ${text(row)}`}
          onClick={event => {
            event.stopPropagation();
            onWhy(row);
          }}
        >
          Why alive
        </button>
      ),
      text: () => '',
    },
  ];
}
