import type { Key } from 'react';
import { classNames } from '../class-names.ts';
import { Defined } from '../Defined.tsx';
import { CellShare } from '../figures.tsx';
import { CopyRows } from './CopyRows.tsx';
import type { Column } from './columns.ts';
import styles from './PlainTable.module.css';
import { sourceOfRows } from './row-window.ts';
import { FITTING_CHARS_UNMEASURED } from './use-fitting-chars.ts';

/**
 * A short table that is rendered in full, with a menu to copy it. Its rows cannot be clicked, but its cells may contain
 * links.
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
          {rows.map(row => (
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
      <div className={styles.copy}>
        <CopyRows columns={columns} source={sourceOfRows(label, rows)} of={label} />
      </div>
    </div>
  );
}
