import type { FixCheck, FixRow } from '../../../workers/protocol/comparison.ts';
import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import { formatBytes, formatExactBytes } from '../../format/bytes.ts';
import { GROUPING_KEY_NAMES } from '../../state/grouping-names.ts';
import { useActiveSnapshot } from '../../state/use-app.ts';
import { Name } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import { GroupName, groupText, shortGroupText } from '../shared/FilePath.tsx';
import styles from './CompareView.module.css';
import { formatBytesChange } from './changes.ts';
import { FIX_VERDICTS } from './fix-text.ts';
import { MiniChart } from './MiniChart.tsx';
import { Spark } from './Spark.tsx';
import { VERDICT_NAMES } from './verdicts.tsx';

/** Groups that are drawn; the table has all of them. */
const DRAWN = 4;

/** The verdict on a fix, both sides drawn side by side on one scale, and each group with its growth on both sides. */
export function FixResult({ check, groupBy }: { check: FixCheck; groupBy: GroupingKey }) {
  const root = useActiveSnapshot()?.applicationRoot ?? '';
  const label = (row: FixRow) => groupText(groupBy, row.label);
  const columns: Column<FixRow>[] = [
    {
      id: 'label',
      header: GROUPING_KEY_NAMES[groupBy].name,
      width: '',
      cell: row => <GroupName groupKey={groupBy} label={row.label} maxLength={60} />,
      text: label,
    },
    ...sideColumns('before', 'Before'),
    ...sideColumns('after', 'After'),
    { id: 'outcome', header: 'Outcome', width: '112px', cell: row => row.outcome, text: row => row.outcome },
  ];
  const heap = { name: 'Whole heap', before: check.bytesBefore, after: check.bytesAfter };
  const groups = check.rows.slice(0, DRAWN).map(row => ({
    name: shortGroupText(groupBy, row.label, root),
    before: row.before.shallowBytes,
    after: row.after.shallowBytes,
  }));
  return (
    <>
      <p>
        <strong>{FIX_VERDICTS[check.verdict]}</strong> {check.sentence} Growth:{' '}
        {formatBytesChange(Math.round(check.slopeBefore))} per dump before the fix,{' '}
        {formatBytesChange(Math.round(check.slopeAfter))} after it.
      </p>
      <div className={styles.cards}>
        {[heap, ...groups].map(({ name, before, after }) => {
          const most = Math.max(...before, ...after);
          return (
            <div key={name} className={styles.card}>
              <h4>
                <Name text={name} maxLength={36} />
              </h4>
              <div className={styles.minis}>
                <MiniChart
                  label="Before"
                  values={before}
                  names={check.before}
                  format={formatBytes}
                  most={most}
                />
                <MiniChart
                  label="After"
                  values={after}
                  names={check.after}
                  format={formatBytes}
                  most={most}
                />
              </div>
            </div>
          );
        })}
      </div>
      {check.rows.length > 0 && (
        <PlainTable
          label="Growth before and after the fix"
          columns={columns}
          rows={check.rows}
          rowKey={label}
        />
      )}
    </>
  );
}

function sideColumns(id: 'before' | 'after', header: string): Column<FixRow>[] {
  return [
    {
      id: `${id} spark`,
      header,
      width: '80px',
      cell: row => <Spark values={row[id].shallowBytes} />,
      text: row => row[id].shallowBytes.join(' '),
    },
    {
      id: `${id} slope`,
      header: 'Per dump',
      term: 'slope',
      align: 'end',
      width: '92px',
      cell: row => (
        <span title={formatExactBytes(Math.round(row[id].slopePerDump))}>
          {formatBytesChange(Math.round(row[id].slopePerDump))}
        </span>
      ),
      text: row => String(Math.round(row[id].slopePerDump)),
    },
    {
      id: `${id} verdict`,
      header: 'Verdict',
      term: 'growthVerdict',
      width: '112px',
      cell: row => VERDICT_NAMES[row[id].verdict],
      text: row => row[id].verdict,
    },
  ];
}
