import { type Key, useState } from 'react';
import { formatCount, formatCountOf } from '../../format/counts.ts';
import { Button } from '../Button.tsx';
import { classNames } from '../class-names.ts';
import { Defined } from '../Defined.tsx';
import { CellShare } from '../figures.tsx';
import { CopyRows } from './CopyRows.tsx';
import type { Column } from './columns.ts';
import styles from './PlainTable.module.css';
import { sourceOfRows } from './row-window.ts';
import { FITTING_CHARS_UNMEASURED } from './use-fitting-chars.ts';

/** Rows drawn initially, and added by each request for more. Unusual dumps have tens of thousands of kinds of root. */
const ROWS_AT_ONCE = 200;

/**
 * A table that is usually short, drawn without virtualization, with a menu to copy all of it. Its rows cannot be clicked,
 * but its cells may contain links.
 */
export function PlainTable<Row>({
  label,
  columns,
  rows,
  rowKey,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => Key;
}) {
  const [limit, setLimit] = useState(ROWS_AT_ONCE);
  const hidden = Math.max(0, rows.length - limit);
  return (
    <div>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(column => (
              <th
                key={column.id}
                scope="col"
                className={classNames(column.align === 'end' && styles.end)}
                style={column.width === '' ? undefined : { width: column.width }}
              >
                {column.term === undefined ? (
                  column.header
                ) : (
                  <Defined term={column.term}>{column.header}</Defined>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map(row => (
            <tr key={rowKey(row)}>
              {columns.map(column => (
                <td key={column.id} className={classNames(column.align === 'end' && styles.end)}>
                  {column.share === undefined ? null : <CellShare share={column.share(row)} />}
                  {column.cell(row, FITTING_CHARS_UNMEASURED)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 && (
        <Button look="link" onClick={() => setLimit(limit + ROWS_AT_ONCE)}>
          Show {formatCount(Math.min(hidden, ROWS_AT_ONCE))} more of {formatCountOf(hidden, 'row')} not shown
        </Button>
      )}
      <div className={styles.copy}>
        <CopyRows columns={columns} source={sourceOfRows(label, rows)} of={label} />
      </div>
    </div>
  );
}
