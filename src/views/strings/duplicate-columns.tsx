import type { CountedLabel, DuplicateStringRow, Excerpt } from '../../../workers/protocol/strings.ts';
import type { Bytes as ByteCount, ObjectIndex } from '../../../workers/protocol/units.ts';
import { formatCount, shareOf } from '../../format/counts.ts';
import { Bytes, Count, Name } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { ExcerptText } from '../objects/ExcerptText.tsx';
import { FilePath } from '../shared/FilePath.tsx';
import styles from './StringsView.module.css';

/** The columns of a table of duplicated texts; shares are of the total waste. */
export function duplicateColumns(
  wastedBytes: ByteCount,
  excerpts: ReadonlyMap<ObjectIndex, Excerpt>,
): Column<DuplicateStringRow>[] {
  return [
    {
      id: 'text',
      header: 'Text',
      width: 'minmax(160px, 1.4fr)',
      cell: row => {
        const excerpt = excerpts.get(row.object.index);
        return excerpt === undefined ? (
          <span className={styles.quiet}>…</span>
        ) : (
          <ExcerptText excerpt={excerpt} />
        );
      },
      text: row => excerpts.get(row.object.index)?.text ?? row.object.address,
    },
    {
      id: 'copies',
      header: 'Copies',
      term: 'copies',
      align: 'end',
      width: '84px',
      sort: 'copies',
      cell: row => <Count value={row.copies} />,
      text: row => String(row.copies),
    },
    {
      id: 'wasted',
      header: 'Wasted',
      term: 'wastedBytes',
      align: 'end',
      width: '96px',
      sort: 'wastedBytes',
      cell: row => <Bytes value={row.wastedBytes} />,
      share: row => shareOf(row.wastedBytes, wastedBytes),
      text: row => String(row.wastedBytes),
    },
    {
      id: 'length',
      header: 'Length',
      align: 'end',
      width: '84px',
      sort: 'length',
      cell: row => (row.length === null ? '' : <Bytes value={row.length} />),
      text: row => (row.length === null ? '' : String(row.length)),
    },
    {
      id: 'sites',
      header: 'Allocated at',
      term: 'site',
      width: 'minmax(120px, 1fr)',
      cell: (row, fittingChars) => (
        <Labels
          of="sites"
          labels={row.sites}
          count={row.siteCount}
          none="untraced"
          fittingChars={fittingChars}
        />
      ),
      text: row => labelsText(row.sites, row.siteCount, 'untraced'),
    },
    {
      id: 'holders',
      header: 'Held by',
      term: 'referrers',
      width: 'minmax(110px, 0.8fr)',
      cell: (row, fittingChars) => (
        <Labels
          of="holders"
          labels={row.holders}
          count={row.holderCount}
          none="nothing"
          fittingChars={fittingChars}
        />
      ),
      text: row => labelsText(row.holders, row.holderCount, 'nothing'),
    },
  ];
}

/** The first of some labels, and the number of others; the tooltip has all known labels. */
function Labels(props: {
  of: 'sites' | 'holders';
  labels: readonly CountedLabel[];
  count: number;
  none: string;
  fittingChars: number;
}) {
  const { of, labels, count, none, fittingChars } = props;
  const [first] = labels;
  if (first === undefined) return <span className={styles.quiet}>{none}</span>;
  const others = count > 1 ? ` +${formatCount(count - 1)}` : '';
  return (
    <span title={labelsText(labels, count, none)}>
      {of === 'sites' && first.label !== null ? (
        <FilePath text={first.label} maxLength={fittingChars - others.length} />
      ) : (
        <Name text={first.label ?? none} maxLength={fittingChars - others.length} />
      )}
      <span className={styles.quiet}>{others}</span>
    </span>
  );
}

function labelsText(labels: readonly CountedLabel[], count: number, none: string): string {
  if (labels.length === 0) return none;
  const texts = labels.map(({ label, objects }) => `${label ?? none} (${formatCount(objects)})`);
  const others = count - labels.length;
  return [...texts, ...(others > 0 ? [`${formatCount(others)} others`] : [])].join(', ');
}
