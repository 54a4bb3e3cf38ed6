import { useId, useState } from 'react';
import type { ClassEdge, Comparison, GrowthRow, GrowthSlice } from '../../../workers/protocol/comparison.ts';
import { formatCount } from '../../format/counts.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { SelectField } from '../../widgets/Field.tsx';
import { Name } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import { QueryState } from '../shared/QueryState.tsx';
import styles from './CompareView.module.css';
import { countChangeColumn } from './change-column.ts';
import { changeOf } from './changes.ts';
import { SliceGraph } from './SliceGraph.tsx';
import { Spark } from './Spark.tsx';

/** Maximum number of classes to choose from. */
const OFFERED = 40;
/** Number of referring classes followed from each class. */
const FOLLOWED = 3;

type Edge = ClassEdge & { level: number };

/** From a growing class back to the classes that refer to it. Does not need objects to be identified. */
export function SliceSection({ comparison }: { comparison: Comparison }) {
  const growers = comparison.growth
    .filter(row => row.verdict === 'leak' || row.verdict === 'grew')
    .slice(0, OFFERED);
  const readingId = useId();
  const [chosen, setChosen] = useState('');
  const label = chosen === '' ? (steepest(growers)?.label ?? null) : chosen;
  const query = useAnswer('growthSlice', label === null ? null : { label, top: FOLLOWED }, { lane: 'slice' });
  if (label === null) return null;
  return (
    <section>
      <div className={styles.sectionHead}>
        <h3>From a class back to what holds it</h3>
        <p className={styles.quiet} id={readingId}>
          References between classes whose number grew, from the growing class back to the classes that refer
          to it. Objects need not be identified for this, so it also works across compaction and restarts.
        </p>
        <SelectField
          label="Class"
          value={label}
          options={[...new Set([...growers.map(row => row.label ?? ''), label])].map(each => ({
            value: each,
            name: cutMiddle(oneLine(each), 48),
          }))}
          onChange={setChosen}
        />
      </div>
      <QueryState query={query} />
      {query.data !== null && query.data.edges.length > 0 && (
        <SliceGraph
          key={query.data.label}
          slice={query.data}
          dump={comparison.dumps.at(-1)!.id}
          describedBy={readingId}
          onFollow={setChosen}
        />
      )}
      {query.data !== null && <SliceTable slice={query.data} />}
    </section>
  );
}

/** The slice starts at a class with at least this many live objects, if one grows. */
const MANY = 10;

/**
 * The class with the largest growth relative to its size among those with many objects: it is more informative than
 * strings and arrays, which are numerous in every heap.
 */
function steepest(growers: readonly GrowthRow[]): GrowthRow | undefined {
  const shareOfNew = ({ counts }: GrowthRow) => changeOf(counts) / Math.max(1, counts.at(-1) ?? 0);
  const leaks = growers.filter(({ verdict }) => verdict === 'leak');
  const among = leaks.length > 0 ? leaks : growers;
  const many = among.filter(({ counts }) => (counts.at(-1) ?? 0) >= MANY);
  return (many.length > 0 ? many : among).toSorted((a, b) => shareOfNew(b) - shareOfNew(a))[0];
}

function SliceTable({ slice }: { slice: GrowthSlice }) {
  if (slice.edges.length === 0) return <p>No object refers to it: roots alone hold it, or it is garbage.</p>;
  const columns: Column<Edge>[] = [
    {
      id: 'level',
      header: 'Step',
      align: 'end',
      width: '48px',
      cell: row => row.level,
      text: row => String(row.level),
    },
    {
      id: 'from',
      header: 'Class',
      width: '',
      cell: row => <Name text={row.from} maxLength={56} />,
      text: row => row.from,
    },
    {
      id: 'to',
      header: 'Refers to',
      width: '',
      cell: row => <Name text={row.to} maxLength={56} />,
      text: row => row.to,
    },
    {
      id: 'spark',
      header: 'References',
      width: '92px',
      cell: row => <Spark values={row.counts} format={formatCount} />,
      text: row => row.counts.join(' '),
    },
    {
      id: 'last',
      header: 'In the last',
      align: 'end',
      width: '96px',
      cell: row => formatCount(row.counts.at(-1)!),
      text: row => String(row.counts.at(-1)),
    },
    countChangeColumn('change', 'Change'),
    {
      id: 'monotone',
      header: 'Growth',
      width: '152px',
      cell: row =>
        row.monotone ? 'each time' : changeOf(row.counts) > 0 ? 'not each time' : 'none: it ends here',
      text: row => String(row.monotone),
    },
  ];
  return (
    <PlainTable
      label={`What refers to ${slice.label}, and how that grows`}
      columns={columns}
      rows={slice.edges}
      rowKey={row => `${row.level} ${row.from} ${row.to}`}
    />
  );
}
