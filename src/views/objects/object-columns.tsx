import { type GroupingKey, isGroupingKey } from '../../../workers/protocol/object-set.ts';
import { OBJECT_COLUMNS } from '../../../workers/protocol/questions/sort-keys.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import type { Excerpt } from '../../../workers/protocol/strings.ts';
import type { Bytes as ByteCount, ObjectIndex } from '../../../workers/protocol/units.ts';
import { formatCount, shareOf } from '../../format/counts.ts';
import type { Term } from '../../glossary.ts';
import { GROUPING_KEY_NAMES } from '../../state/grouping-names.ts';
import type { ShownColumn } from '../../state/navigation.ts';
import { Bytes, Name } from '../../widgets/figures.tsx';
import { ObjectName } from '../../widgets/ObjectName.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { GroupName } from '../shared/FilePath.tsx';
import { ExcerptText } from './ExcerptText.tsx';
import styles from './ObjectsView.module.css';

/** Columns that every table of objects has: the name and both sizes. Strings show their text once it has been read. */
export function objectColumns(
  heapBytes: ByteCount,
  excerpts: ReadonlyMap<ObjectIndex, Excerpt>,
): Column<ObjectRow>[] {
  return [
    {
      id: 'object',
      header: 'Object',
      term: 'label',
      width: 'minmax(220px, 640px)',
      sort: 'label',
      cell: (row, fittingChars) => {
        const excerpt = excerpts.get(row.index);
        return (
          <>
            <ObjectName object={row} maxLength={fittingChars - 2} withAddress={false} />
            {excerpt === undefined ? null : (
              <ExcerptText excerpt={excerpt} className={styles.excerpt ?? ''} />
            )}
          </>
        );
      },
      text: row => `${row.label}${row.title === '' ? '' : ` ${row.title}`}`,
    },
    {
      id: 'shallow',
      header: 'Shallow',
      term: 'shallowBytes',
      align: 'end',
      width: '84px',
      sort: 'shallowBytes',
      cell: row => <Bytes value={row.shallowBytes} />,
      text: row => String(row.shallowBytes),
    },
    {
      id: 'retained',
      header: 'Retained',
      term: 'retainedBytes',
      align: 'end',
      width: '104px',
      sort: 'retainedBytes',
      cell: row => <Bytes value={row.retainedBytes} />,
      share: row => shareOf(row.retainedBytes, heapBytes),
      text: row => String(row.retainedBytes),
    },
  ];
}

/** Columns that the user can choose, in the order of the menu. */
export const CHOSEN_COLUMNS: readonly ShownColumn[] = ['address', ...OBJECT_COLUMNS];

/** The name of an optional column. */
export function columnName(column: ShownColumn): string {
  switch (column) {
    case 'address':
      return 'Address';
    case 'references':
      return 'References';
    case 'referrers':
      return 'Referrers';
    case 'length':
      return 'Length';
    default: {
      const { name } = GROUPING_KEY_NAMES[column];
      return name.charAt(0).toUpperCase() + name.slice(1);
    }
  }
}

/** Numbers are aligned to the end of their cell. */
const NUMBERS = new Set<ShownColumn>(['references', 'referrers', 'length', 'generation', 'age', 'slot']);
/** Text columns share the available width with the name, each up to its own limit. */
const PATH_WIDTH = 'minmax(96px, 480px)';
const WIDTHS: Readonly<Partial<Record<ShownColumn, string>>> = {
  address: '128px',
  site: PATH_WIDTH,
  file: PATH_WIDTH,
  directory: PATH_WIDTH,
};

/** An optional column. `at`: its index in the rows' `values`; -1 for the address, which every row has. */
export function chosenColumn(column: ShownColumn, at: number): Column<ObjectRow> {
  const isNumber = NUMBERS.has(column);
  const valueIn = (row: ObjectRow) => (column === 'address' ? row.address : (row.values?.[at] ?? null));
  return {
    id: column,
    header: columnName(column),
    ...(column === 'length' ? {} : { term: column satisfies GroupingKey | Term }),
    ...(isNumber ? { align: 'end' as const } : {}),
    width: WIDTHS[column] ?? (isNumber ? '100px' : 'minmax(96px, 240px)'),
    sort: column,
    cell: (row, fittingChars) => {
      const value = valueIn(row);
      if (column === 'address') return <code>{value}</code>;
      if (value === null) return <span className={styles.quiet}>{missing(column, row)}</span>;
      if (typeof value === 'number') return formatCount(value);
      return isGroupingKey(column) ? (
        <GroupName groupKey={column} label={value} maxLength={fittingChars} />
      ) : (
        <Name text={value} maxLength={fittingChars} />
      );
    },
    text: row => String(valueIn(row) ?? missing(column, row)),
  };
}

/** Shown instead of a missing value. */
function missing(column: ShownColumn, row: ObjectRow): string {
  if (column === 'generation') return 'untraced';
  return column === 'site' && !row.reachable ? 'unreachable' : '';
}
