import type { Excerpt, ObjectRow } from '../../../workers/protocol/rows.ts';
import type { Bytes as ByteCount, ObjectIndex } from '../../../workers/protocol/units.ts';
import { shareOf } from '../../format/counts.ts';
import { Bytes } from '../../widgets/figures.tsx';
import { ObjectName } from '../../widgets/ObjectName.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { FilePath } from '../shared/FilePath.tsx';
import { ExcerptText } from './ExcerptText.tsx';
import styles from './ObjectsView.module.css';

/** The columns of a table of objects; strings show the beginning of their text as soon as it is read. */
export function objectColumns(
  heapBytes: ByteCount,
  excerpts: ReadonlyMap<ObjectIndex, Excerpt>,
): Column<ObjectRow>[] {
  return [
    {
      id: 'object',
      header: 'Object',
      term: 'label',
      width: 'minmax(220px, 1fr)',
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
    {
      id: 'generation',
      header: 'Generation',
      term: 'generation',
      align: 'end',
      width: '100px',
      sort: 'generation',
      cell: row =>
        row.generation === null ? <span className={styles.quiet}>untraced</span> : row.generation,
      text: row => (row.generation === null ? 'untraced' : String(row.generation)),
    },
    {
      id: 'site',
      header: 'Allocation site',
      term: 'site',
      width: 'minmax(96px, 0.7fr)',
      cell: (row, fittingChars) =>
        row.site === null ? (
          <span className={styles.quiet}>{row.reachable ? '' : 'unreachable'}</span>
        ) : (
          <FilePath text={row.site} maxLength={fittingChars} />
        ),
      text: row => row.site ?? '',
    },
    {
      id: 'address',
      header: 'Address',
      term: 'address',
      width: '128px',
      sort: 'address',
      cell: row => <code>{row.address}</code>,
      text: row => row.address,
    },
  ];
}
