import { useState } from 'react';
import type { Comparison, FixCheck, FixRow } from '../../../workers/protocol/comparison.ts';
import type { PairKey } from '../../../workers/protocol/object-set.ts';
import { formatExactBytes } from '../../format/bytes.ts';
import { oneLine } from '../../format/names.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { describeSet } from '../../state/chips.ts';
import { GROUPING_KEY_NAMES } from '../../state/navigation.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { SelectField } from '../../widgets/Field.tsx';
import { Name } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import { QueryState } from '../shared/QueryState.tsx';
import styles from './CompareView.module.css';
import { formatBytesChange } from './changes.ts';
import { FIX_VERDICTS, fixMarkdown } from './fix-text.ts';
import { VERDICT_NAMES } from './verdicts.tsx';

/** Dumps from which on there can be two on either side of a fix. */
const FEWEST_DUMPS = 4;
const SHOWN = 20;

/** Whether a fix that went in within the series worked: growth before and behind it, and a verdict. */
export function FixSection({ comparison, groupBy }: { comparison: Comparison; groupBy: PairKey }) {
  const { dumps } = comparison;
  const [split, setSplit] = useState(0);
  const valid = split >= 2 && split <= dumps.length - 2 ? split : 0;
  const query = useAnswer('fixCheck', valid === 0 ? null : { key: groupBy, split: valid, top: SHOWN }, {
    lane: 'fix check',
  });
  if (dumps.length < FEWEST_DUMPS) return null;
  const places = dumps.slice(1, -2).map((dump, at) => ({ value: String(at + 2), name: oneLine(dump.name) }));
  return (
    <section>
      <div className={styles.sectionHead}>
        <h3>Did the fix work?</h3>
        <p className={styles.quiet}>
          Compares how groups grew before a fix with how they grow after it, by{' '}
          {GROUPING_KEY_NAMES[groupBy].name}: even if the process was restarted.
        </p>
        <SelectField
          label="the fix was deployed after"
          value={String(valid)}
          options={[{ value: '0', name: 'choose a dump' }, ...places]}
          onChange={value => setSplit(Number(value))}
        />
        {query.data !== null && (
          <CopyButton text={() => fixMarkdown(query.data!, groupBy)} label="Copy as Markdown" />
        )}
      </div>
      {valid !== 0 && <QueryState query={query} />}
      {query.data !== null && <FixResult check={query.data} groupBy={groupBy} />}
    </section>
  );
}

function FixResult({ check, groupBy }: { check: FixCheck; groupBy: PairKey }) {
  const side = (id: 'before' | 'after', header: string): Column<FixRow>[] => [
    {
      id: `${id} slope`,
      header: `${header}, per dump`,
      term: 'slope',
      align: 'end',
      width: '150px',
      cell: row => (
        <span title={formatExactBytes(Math.round(row[id].slopePerDump))}>
          {formatBytesChange(Math.round(row[id].slopePerDump))}
        </span>
      ),
      text: row => String(Math.round(row[id].slopePerDump)),
    },
    {
      id: `${id} verdict`,
      header,
      term: 'growthVerdict',
      width: '128px',
      cell: row => VERDICT_NAMES[row[id].verdict],
      text: row => row[id].verdict,
    },
  ];
  const label = (row: FixRow) => row.label ?? describeSet({ kind: 'group', key: groupBy, label: null });
  const columns: Column<FixRow>[] = [
    {
      id: 'label',
      header: GROUPING_KEY_NAMES[groupBy].name,
      width: '',
      cell: row => <Name text={label(row)} maxLength={60} />,
      text: label,
    },
    ...side('before', 'Before'),
    ...side('after', 'After'),
    { id: 'outcome', header: 'Outcome', width: '112px', cell: row => row.outcome, text: row => row.outcome },
  ];
  return (
    <>
      <p>
        <strong>{FIX_VERDICTS[check.verdict]}</strong> {check.sentence}
      </p>
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
