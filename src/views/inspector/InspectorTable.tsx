import type { Count } from '../../../workers/protocol/units.ts';
import { CopyRows } from '../../widgets/table/CopyRows.tsx';
import { VirtualTable, type VirtualTableProps } from '../../widgets/table/VirtualTable.tsx';
import styles from './Inspector.module.css';

const ROW_PX = 24;
const HEADER_PX = 28;
const MAX_SHOWN_ROWS = 9;

/** A table in the inspector with a menu that copies or saves its rows. It is as high as a few rows, and scrolls more. */
export function InspectorTable<Row>({ rows, ...table }: VirtualTableProps<Row> & { rows: Count }) {
  return (
    <>
      <div style={{ height: Math.min(rows, MAX_SHOWN_ROWS) * ROW_PX + HEADER_PX + 2 }}>
        <VirtualTable {...table} />
      </div>
      <div className={styles.copy}>
        <CopyRows columns={table.columns} source={table.source} of={table.label} />
      </div>
    </>
  );
}
