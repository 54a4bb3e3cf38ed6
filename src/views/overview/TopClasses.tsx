import type { Overview } from '../../../workers/protocol/overview.ts';
import type { GroupRow } from '../../../workers/protocol/rows.ts';
import { chipFor } from '../../state/chips.ts';
import { defaultView } from '../../state/navigation.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Name, TypeDot } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import { objectsColumn, retainedColumn, shallowColumn } from '../shared/group-columns.tsx';
import styles from './OverviewView.module.css';

/** Rows of each of the two tables. */
const SHOWN = 12;

/** The classes with the largest shallow size, and those with the largest retained size. */
export function TopClasses({ overview }: { overview: Overview }) {
  const drillInto = useApp(state => state.drillInto);
  const navigate = useApp(state => state.navigate);
  const { shallowBytes } = overview;
  const open = (row: GroupRow) =>
    drillInto(chipFor({ kind: 'group', key: 'class', label: row.label }), 'objects');
  const label: Column<GroupRow> = {
    id: 'class',
    header: 'Class',
    term: 'label',
    width: '',
    cell: row => (
      <span className={styles.group}>
        <TypeDot of={row} />
        <Button look="link" onClick={() => open(row)}>
          <Name text={row.label ?? 'none'} maxLength={36} />
        </Button>
      </span>
    ),
    text: row => row.label ?? '',
  };
  const objects = objectsColumn<GroupRow>();
  return (
    <div>
      <div className={styles.columns}>
        <section>
          <h3 className={styles.sectionTitle}>Classes by retained size</h3>
          <PlainTable
            label="Classes by retained size"
            columns={[label, objects, retainedColumn(shallowBytes)]}
            rows={overview.classesByRetained.slice(0, SHOWN)}
            rowKey={row => row.label ?? ''}
          />
        </section>
        <section>
          <h3 className={styles.sectionTitle}>Classes by shallow size</h3>
          <PlainTable
            label="Classes by shallow size"
            columns={[label, objects, shallowColumn(shallowBytes)]}
            rows={overview.classesByShallow.slice(0, SHOWN)}
            rowKey={row => row.label ?? ''}
          />
        </section>
      </div>
      <p className={styles.note}>
        <Button look="link" onClick={() => navigate({ ...defaultView('classes'), sort: 'retainedBytes' })}>
          All classes
        </Button>
      </p>
    </div>
  );
}
