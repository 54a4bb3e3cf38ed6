import type { ReactNode } from 'react';
import { CopyRows } from '../../widgets/table/CopyRows.tsx';
import { VirtualTable, type VirtualTableProps } from '../../widgets/table/VirtualTable.tsx';
import styles from './StringsView.module.css';

/** A table of strings below figures of the set, with buttons to copy its rows. */
export function FramedTable<Row>({ figures, ...table }: VirtualTableProps<Row> & { figures: ReactNode }) {
  return (
    <>
      <div className={styles.head}>
        {figures}
        <CopyRows columns={table.columns} source={table.source} />
      </div>
      <div className={styles.rows}>
        <VirtualTable {...table} />
      </div>
    </>
  );
}
