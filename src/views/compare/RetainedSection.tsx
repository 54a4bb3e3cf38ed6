import type { ComparedTally, Comparison } from '../../../workers/protocol/comparison.ts';
import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import { Button } from '../../widgets/Button.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import { GroupName, groupText } from '../shared/FilePath.tsx';
import { objectsColumn, shallowColumn } from '../shared/group-columns.tsx';
import styles from './CompareView.module.css';
import { groupChip, relationChip, useOpenSet } from './use-open-set.ts';

/** Rows of each table; the set itself has all objects. */
const SHOWN = 12;

interface Row extends ComparedTally {
  label: string | null;
}

/** Retained objects by class and by allocation site. Renders nothing if they are not known. */
export function RetainedSection({ comparison }: { comparison: Comparison }) {
  const { retained, retainedByClass, retainedBySite } = comparison;
  if (retained === null) return null;
  if (retained.objects === 0) {
    return <p>No object created between the first dumps still exists in the last one.</p>;
  }
  const sites = retainedBySite.map(({ site, ...sums }) => ({ label: site, ...sums }));
  return (
    <div className={styles.columns}>
      <RetainedTable
        comparison={comparison}
        of="class"
        rows={retainedByClass}
        title="Retained objects by class"
      />
      <RetainedTable
        comparison={comparison}
        of="site"
        rows={sites}
        title="Retained objects by allocation site"
      />
    </div>
  );
}

function RetainedTable(props: {
  comparison: Comparison;
  of: GroupingKey & ('class' | 'site');
  rows: readonly Row[];
  title: string;
}) {
  const { comparison, of, rows, title } = props;
  const openSet = useOpenSet();
  const last = comparison.dumps.at(-1)!.id;
  const columns: Column<Row>[] = [
    {
      id: 'label',
      header: of === 'class' ? 'Class' : 'Allocation site',
      term: of === 'class' ? 'label' : 'site',
      width: '',
      cell: row => (
        <Button
          look="link"
          onClick={() => openSet(last, [relationChip('retained'), groupChip(of, row.label)], 'objects')}
        >
          <GroupName groupKey={of} label={row.label} maxLength={of === 'class' ? 36 : 48} />
        </Button>
      ),
      text: row => groupText(of, row.label),
    },
    objectsColumn(),
    shallowColumn(comparison.retained?.shallowBytes ?? 0),
  ];
  return (
    <section>
      <h3>{title}</h3>
      <PlainTable
        label={title}
        columns={columns}
        rows={rows.slice(0, SHOWN)}
        rowKey={row => row.label ?? ''}
      />
    </section>
  );
}
