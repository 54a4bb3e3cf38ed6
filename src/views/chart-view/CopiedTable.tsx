import type { ReactNode } from 'react';
import { CopyRows } from '../../widgets/table/CopyRows.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import type { RowSource } from '../../widgets/table/row-window.ts';
import styles from './ChartView.module.css';

/** The table with the data of a chart, below the menu that copies or saves its rows. */
export function CopiedTable<Row>(props: {
  columns: readonly Column<Row>[];
  source: RowSource<Row>;
  children: ReactNode;
}) {
  return (
    <div className={styles.copied}>
      <div className={styles.copy}>
        <CopyRows columns={props.columns} source={props.source} />
      </div>
      <div className={styles.rows}>{props.children}</div>
    </div>
  );
}
