import type { Comparison, GrowthRow } from '../../../workers/protocol/comparison.ts';
import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import { formatExactBytes } from '../../format/bytes.ts';
import { oneLine } from '../../format/names.ts';
import { describeSet } from '../../state/chips.ts';
import { GROUPING_KEY_NAMES } from '../../state/navigation.ts';
import { Bytes, Name } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import styles from './CompareView.module.css';
import { changeOf, formatBytesChange, formatCountChange, objectsPerRepetition } from './changes.ts';
import { Spark } from './Spark.tsx';
import { Verdict } from './verdicts.tsx';

/**
 * The columns of the growth of groups: of two dumps with both sizes and what came and went, of more with the slope.
 * `repetitions`: marks rows that grew by a multiple of it in each step; null marks none.
 */
export function growthColumns(
  { dumps, identity }: Comparison,
  key: GroupingKey,
  repetitions: number | null,
): Column<GrowthRow>[] {
  const { name } = GROUPING_KEY_NAMES[key];
  const text = (row: GrowthRow) => row.label ?? describeSet({ kind: 'group', key, label: null });
  const isPair = dumps.length === 2;
  const figure = (
    id: string,
    header: string,
    width: string,
    cell: Column<GrowthRow>['cell'],
    exact: (row: GrowthRow) => number,
  ): Column<GrowthRow> => ({ id, header, width, align: 'end', cell, text: row => String(exact(row)) });
  const size = (id: string, header: string, at: number) =>
    figure(
      id,
      header,
      '92px',
      row => <Bytes value={row.shallowBytes.at(at) ?? 0} />,
      row => row.shallowBytes.at(at) ?? 0,
    );
  const came = (id: string, header: string, of: (row: GrowthRow) => number) =>
    figure(id, header, '72px', row => formatCountChange(of(row)), of);
  return [
    {
      id: 'label',
      header: name.charAt(0).toUpperCase() + name.slice(1),
      term: key,
      width: 'minmax(180px, 1fr)',
      cell: (row, fittingChars) => (
        <>
          <Name text={text(row)} maxLength={fittingChars - (repetitions === null ? 0 : 8)} />
          <Multiple counts={row.counts} repetitions={repetitions} />
        </>
      ),
      text,
    },
    {
      id: 'spark',
      header: 'Shallow',
      term: 'shallowBytes',
      width: '100px',
      cell: row => <Spark values={row.shallowBytes} />,
      text: row => row.shallowBytes.join(' '),
    },
    size('first', shortName(dumps[0]!.name), 0),
    size('last', shortName(dumps.at(-1)!.name), -1),
    figure(
      'change',
      'Change',
      '100px',
      row => (
        <span title={formatExactBytes(changeOf(row.shallowBytes))}>
          {formatBytesChange(changeOf(row.shallowBytes))}
        </span>
      ),
      row => changeOf(row.shallowBytes),
    ),
    figure(
      'objects',
      'Objects',
      '80px',
      row => formatCountChange(changeOf(row.counts)),
      row => changeOf(row.counts),
    ),
    ...(isPair && identity === 'same process'
      ? [
          came('new', 'New', row => row.new?.objects ?? 0),
          came('freed', 'Freed', row => -(row.freed?.objects ?? 0)),
        ]
      : []),
    ...(isPair
      ? []
      : [
          {
            ...figure(
              'slope',
              'Per dump',
              '100px',
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
      width: '128px',
      cell: row => <Verdict verdict={row.verdict} reason={row.reason} />,
      text: row => `${row.verdict}: ${row.reason}`,
    },
  ];
}

/** A file's name without its ending, as the head of a column. */
function shortName(name: string): string {
  const short = oneLine(name).replace(/\.(json|jsonl|heap|dump)?(\.gz)?$/i, '');
  return short.length > 12 ? `\u2026${short.slice(-11)}` : short;
}

/** Marks growth by a multiple of the repetitions of an action. */
function Multiple({ counts, repetitions }: { counts: readonly number[]; repetitions: number | null }) {
  const each = repetitions === null ? null : objectsPerRepetition(counts, repetitions);
  if (each === null) return null;
  return (
    <span className={styles.multiple} title={`${each} more with each repetition, in the last step`}>
      {each} each time
    </span>
  );
}
