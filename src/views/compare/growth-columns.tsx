import type { ComparedTally, Comparison, GrowthRow } from '../../../workers/protocol/comparison.ts';
import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import { formatExactBytes } from '../../format/bytes.ts';
import { formatCount } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { GROUPING_KEY_NAMES } from '../../state/grouping-names.ts';
import { Bytes, Count } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { GroupName, groupText } from '../shared/FilePath.tsx';
import { changeOf, formatBytesChange, formatCountChange } from './changes.ts';
import { Multiple } from './Multiple.tsx';
import { Spark } from './Spark.tsx';
import { Verdict } from './verdicts.tsx';

/** What the sizes in the table measure. */
export type GrowthMeasure = 'bytes' | 'objects';

/**
 * The columns of the growth of groups, by bytes or objects. For two dumps: both sizes, and what was added, kept and
 * removed; for more: with the slope. `repetitions`: marks rows that grew by a multiple of it in each step; null marks
 * none.
 */
export function growthColumns(
  { dumps, identity }: Comparison,
  key: GroupingKey,
  measure: GrowthMeasure,
  repetitions: number | null,
): Column<GrowthRow>[] {
  const { name } = GROUPING_KEY_NAMES[key];
  const text = (row: GrowthRow) => groupText(key, row.label);
  const isPair = dumps.length === 2;
  const sizes = (row: GrowthRow) => (measure === 'bytes' ? row.shallowBytes : row.counts);
  const change = (id: string, header: string, of: (row: GrowthRow) => readonly number[]) => {
    const exact = (row: GrowthRow) => changeOf(of(row));
    const isBytes = id === 'bytes';
    return figure(
      id,
      header,
      isBytes ? '92px' : '76px',
      row => <Change value={exact(row)} isBytes={isBytes} />,
      exact,
    );
  };
  const size = (id: string, header: string, at: number) =>
    amount(id, header, '86px', measure, row => sizes(row).at(at) ?? 0);
  return [
    {
      id: 'label',
      header: name.charAt(0).toUpperCase() + name.slice(1),
      term: key,
      width: 'minmax(160px, 1fr)',
      cell: (row, fittingChars) => (
        <>
          <GroupName
            groupKey={key}
            label={row.label}
            maxLength={fittingChars - (repetitions === null ? 0 : 8)}
          />
          <Multiple counts={row.counts} repetitions={repetitions} />
        </>
      ),
      text,
    },
    objectsSpark(),
    {
      id: 'spark',
      header: 'Shallow',
      term: 'shallowBytes',
      width: '80px',
      cell: row => <Spark values={row.shallowBytes} />,
      text: row => row.shallowBytes.join(' '),
    },
    size('first', shortName(dumps[0]!.name), 0),
    size('last', shortName(dumps.at(-1)!.name), -1),
    ...(measure === 'bytes' ? [change('bytes', 'Change', row => row.shallowBytes)] : []),
    change('objects', measure === 'bytes' ? 'Objects' : 'Change', row => row.counts),
    ...(isPair && identity === 'same process' ? exchangeColumns(measure) : []),
    ...(isPair
      ? []
      : [
          {
            ...figure(
              'slope',
              'Per dump',
              '96px',
              row => formatBytesChange(Math.round(row.slopePerDump)),
              row => Math.round(row.slopePerDump),
            ),
            term: 'slope' as const,
          },
        ]),
    {
      id: 'verdict',
      header: 'Verdict',
      term: 'growthVerdict',
      width: '132px',
      cell: row => <Verdict verdict={row.verdict} reason={row.reason} />,
      text: row => `${row.verdict}: ${row.reason}`,
    },
  ];
}

/** The number of objects of a row in each dump, as bars. */
export function objectsSpark<Row extends { counts: readonly number[] }>(): Column<Row> {
  return {
    id: 'objects spark',
    header: 'Objects',
    term: 'objects',
    width: '80px',
    cell: row => <Spark values={row.counts} format={formatCount} />,
    text: row => row.counts.join(' '),
  };
}

/** What was added, kept and removed between two dumps. */
function exchangeColumns(measure: GrowthMeasure): Column<GrowthRow>[] {
  const of = (tally: ComparedTally | null) =>
    (measure === 'bytes' ? tally?.shallowBytes : tally?.objects) ?? 0;
  const last = (row: GrowthRow) => (measure === 'bytes' ? row.shallowBytes : row.counts).at(-1) ?? 0;
  return [
    { ...amount('new', 'New', '84px', measure, row => of(row.new)), term: 'newObjects' },
    {
      ...amount('survived', 'Survived', '92px', measure, row => last(row) - of(row.new)),
      term: 'survivedObjects',
    },
    { ...amount('freed', 'Freed', '84px', measure, row => of(row.freed)), term: 'freedObjects' },
  ];
}

function figure(
  id: string,
  header: string,
  width: string,
  cell: Column<GrowthRow>['cell'],
  exact: (row: GrowthRow) => number,
): Column<GrowthRow> {
  return { id, header, width, align: 'end', cell, text: row => String(exact(row)) };
}

function amount(
  id: string,
  header: string,
  width: string,
  measure: GrowthMeasure,
  exact: (row: GrowthRow) => number,
): Column<GrowthRow> {
  const cell = (row: GrowthRow) =>
    measure === 'bytes' ? <Bytes value={exact(row)} /> : <Count value={exact(row)} />;
  return figure(id, header, width, cell, exact);
}

function Change({ value, isBytes }: { value: number; isBytes: boolean }) {
  if (!isBytes) return formatCountChange(value);
  return <span title={formatExactBytes(value)}>{formatBytesChange(value)}</span>;
}

/** A file name without its extension, as a column header. */
function shortName(name: string): string {
  const short = oneLine(name).replace(/\.(json|jsonl|heap|dump)?(\.gz)?$/i, '');
  return short.length > 12 ? `\u2026${short.slice(-11)}` : short;
}
