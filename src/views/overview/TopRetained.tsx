import type { RetainedRow } from '../../../workers/protocol/overview.ts';
import type { Dominator, ObjectRow } from '../../../workers/protocol/rows.ts';
import type { Bytes as ByteCount } from '../../../workers/protocol/units.ts';
import { formatCount, shareOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { useApp } from '../../state/use-app.ts';
import { Defined } from '../../widgets/Defined.tsx';
import { Bytes } from '../../widgets/figures.tsx';
import { ObjectLink } from '../../widgets/ObjectName.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import styles from './OverviewView.module.css';

/**
 * The largest objects by retained size, runs of one class collapsed; without the allocation tracer and objects that are
 * only namespaces.
 */
export function TopRetained({
  rows,
  shallowBytes,
}: {
  rows: readonly RetainedRow[];
  shallowBytes: ByteCount;
}) {
  const select = useApp(state => state.select);
  const setInspectorOpen = useApp(state => state.setInspectorOpen);
  const inspect = (object: ObjectRow) => {
    select({ object: object.index, address: object.address });
    setInspectorOpen(true);
  };
  const columns: Column<RetainedRow>[] = [
    {
      id: 'object',
      header: 'Object',
      term: 'title',
      width: '',
      cell: row => (
        <span className={styles.named}>
          <ObjectLink object={row.object} onSelect={inspect} />
          {row.elementClass === null ? null : (
            <span className={styles.quiet}>of {oneLine(row.elementClass)}</span>
          )}
          {row.chainLength > 1 ? (
            <span className={styles.quiet}>run of {formatCount(row.chainLength)}</span>
          ) : null}
          {row.overhead ? (
            <span className={styles.badge}>
              <Defined term="measurementOverhead">tracer overhead</Defined>
            </span>
          ) : null}
        </span>
      ),
      text: row => `${row.object.label} ${row.object.title} ${row.object.address}`,
    },
    {
      id: 'dominator',
      header: 'Kept alive by',
      term: 'dominator',
      width: '28%',
      cell: row => (
        <span className={styles.named}>
          <DominatorCell dominator={row.dominator} onSelect={inspect} />
          {row.atTopLevel ? <span className={styles.quiet}>top level</span> : null}
        </span>
      ),
      text: row => (row.dominator.kind === 'object' ? row.dominator.object.address : row.dominator.kind),
    },
    {
      id: 'shallow',
      header: 'Shallow',
      term: 'shallowBytes',
      align: 'end',
      width: '90px',
      cell: row => <Bytes value={row.object.shallowBytes} />,
      text: row => String(row.object.shallowBytes),
    },
    {
      id: 'retained',
      header: 'Retained',
      term: 'retainedBytes',
      align: 'end',
      width: '110px',
      cell: row => <Bytes value={row.object.retainedBytes} />,
      share: row => shareOf(row.object.retainedBytes, shallowBytes),
      text: row => String(row.object.retainedBytes),
    },
  ];
  return (
    <section>
      <h3 className={styles.sectionTitle}>Largest objects by retained size</h3>
      <PlainTable
        label="Largest objects by retained size"
        columns={columns}
        rows={rows}
        rowKey={row => row.object.index}
      />
    </section>
  );
}

function DominatorCell({
  dominator,
  onSelect,
}: {
  dominator: Dominator;
  onSelect: (object: ObjectRow) => void;
}) {
  switch (dominator.kind) {
    case 'object':
      return <ObjectLink object={dominator.object} onSelect={onSelect} maxLength={32} withAddress={false} />;
    case 'root':
      return <span>root {oneLine(dominator.root)}</span>;
    case 'roots':
      return <span className={styles.quiet}>no single object</span>;
    case 'unreachable':
      return <span className={styles.quiet}>nothing: unreachable</span>;
  }
}
