import type { Comparison, HolderGrowth } from '../../../workers/protocol/comparison.ts';
import { formatExactBytes } from '../../format/bytes.ts';
import { chipFor } from '../../state/chips.ts';
import { retainedBy } from '../../state/set-text.ts';
import { useAppStore } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Bytes, Name } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import styles from './CompareView.module.css';
import { countChangeColumn } from './change-column.ts';
import { changeOf, formatBytesChange } from './changes.ts';
import { objectsSpark } from './growth-columns.tsx';
import { Multiple } from './Multiple.tsx';
import { Spark } from './Spark.tsx';
import { useOpenSet } from './use-open-set.ts';
import { Verdict } from './verdicts.tsx';

const SHOWN = 10;

/** Objects below which the heap grows, or whose contents are replaced. Renders nothing if there are none. */
export function HolderSection(props: { comparison: Comparison; repetitions: number | null }) {
  const { comparison, repetitions } = props;
  const store = useAppStore();
  const openSet = useOpenSet();
  const last = comparison.dumps.at(-1)!.id;
  const telling = comparison.growthByHolder.filter(row => row.verdict !== 'flat').slice(0, SHOWN);
  if (telling.length === 0) return null;
  const select = ({ object, address }: HolderGrowth) => {
    const { activate, select, setInspectorOpen } = store.getState();
    activate(last);
    select({ object, address });
    setInspectorOpen(true);
  };
  const columns: Column<HolderGrowth>[] = [
    {
      id: 'holder',
      header: 'Object',
      width: '',
      cell: row => (
        <>
          <Button look="link" onClick={() => select(row)}>
            <Name text={row.label} maxLength={40} />
          </Button>
          <Multiple counts={row.counts} repetitions={repetitions} />
        </>
      ),
      text: row => row.label,
    },
    {
      id: 'heldBy',
      header: 'Held by',
      term: 'dominator',
      width: '',
      cell: row => <Name text={row.heldBy} maxLength={36} />,
      text: row => row.heldBy,
    },
    objectsSpark(),
    {
      id: 'spark',
      header: 'Retains',
      term: 'retainedBytes',
      width: '80px',
      cell: row => <Spark values={row.shallowBytes} />,
      text: row => row.shallowBytes.join(' '),
    },
    {
      id: 'last',
      header: 'In the last',
      align: 'end',
      width: '96px',
      cell: row => <Bytes value={row.shallowBytes.at(-1)!} />,
      text: row => String(row.shallowBytes.at(-1)),
    },
    {
      id: 'change',
      header: 'Change',
      align: 'end',
      width: '104px',
      cell: row => (
        <span title={formatExactBytes(changeOf(row.shallowBytes))}>
          {formatBytesChange(changeOf(row.shallowBytes))}
        </span>
      ),
      text: row => String(changeOf(row.shallowBytes)),
    },
    countChangeColumn('objects', 'Objects'),
    {
      id: 'verdict',
      header: 'Verdict',
      term: 'growthVerdict',
      width: '128px',
      cell: row => <Verdict verdict={row.verdict} reason={row.reason} />,
      text: row => row.verdict,
    },
    {
      id: 'open',
      header: 'Show',
      width: '112px',
      cell: row => (
        <Button
          look="link"
          aria-label={`Open what ${row.label} retains as a set`}
          onClick={() => openSet(last, [chipFor(retainedBy(row.address), row.label)], 'classes')}
        >
          what it retains
        </Button>
      ),
      text: row => row.address,
    },
  ];
  return (
    <section>
      <div className={styles.sectionHead}>
        <h3>What holds the growth</h3>
        <p className={styles.quiet}>
          Objects that exist in all dumps and hold more, or other, objects in the last one. Of several nested
          ones, the innermost is shown.
        </p>
      </div>
      <PlainTable
        label="Objects that hold what grows"
        columns={columns}
        rows={telling}
        rowKey={row => row.object}
      />
    </section>
  );
}
