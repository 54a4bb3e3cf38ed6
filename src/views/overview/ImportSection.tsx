import type { DamagedField, SkippedRecord } from '../../../workers/protocol/import-report.ts';
import type { Overview } from '../../../workers/protocol/overview.ts';
import { formatCount, formatCountOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import type { Term } from '../../glossary.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { Defined } from '../../widgets/Defined.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import styles from './OverviewView.module.css';

const CLEAN_DUMP = 'File.open("heap.json", "wb") { |io| ObjectSpace.dump_all(output: io) }';

/**
 * Parts of the file that could not be read as they were, and how to write a clean dump. Renders nothing if there were
 * none.
 */
export function ImportSection({ overview }: { overview: Overview }) {
  const { import: report, duplicateAddresses } = overview;
  const { skippedRecords, rescuedRecords, foreignLines, damagedFields, rewrittenRecords } = report;
  const { truncation, truncated, damage, secondDump, notes, layers } = report;
  const irregular =
    skippedRecords + rescuedRecords + foreignLines + damagedFields + rewrittenRecords + duplicateAddresses;
  const isAsItStands =
    !truncated && damage === null && secondDump === null && notes.length + layers.length === 0;
  if (irregular === 0 && isAsItStands) return null;
  return (
    <section>
      <h3 className={styles.sectionTitle}>What could not be read as is</h3>
      {layers.length === 0 ? null : <p>Read through: {layers.join(', ')}.</p>}
      {damage === null ? null : (
        <p>{damage} What could be read is here; copy or take the dump again for the rest.</p>
      )}
      {notes.map(note => (
        <p key={note}>{note}</p>
      ))}
      {truncated ? <p>The dump stops within a record; whatever followed is missing.</p> : null}
      {truncation?.followedBy ? (
        <p>
          Text follows that is not a record: <code>{oneLine(truncation.followedBy)}</code>
        </p>
      ) : null}
      {secondDump === null ? null : (
        <p>
          A second dump begins at line {formatCount(secondDump.line)} (byte {formatCount(secondDump.offset)}):{' '}
          {formatCountOf(secondDump.records, 'record')} that {secondDump.records === 1 ? 'plays' : 'play'} no
          part here. Split the file there to open it.
        </p>
      )}
      <Kind term="skippedRecords" count={skippedRecords} rows={report.skipped} columns={RECORD_COLUMNS} />
      <Kind term="rescuedRecords" count={rescuedRecords} rows={report.rescued} columns={RECORD_COLUMNS} />
      <Kind term="damagedFields" count={damagedFields} rows={report.damaged} columns={FIELD_COLUMNS} />
      <Kind term="foreignLines" count={foreignLines} rows={report.foreign} columns={RECORD_COLUMNS} />
      <Kind term="duplicateAddresses" count={duplicateAddresses} rows={[]} columns={RECORD_COLUMNS} />
      {rewrittenRecords === 0 ? null : (
        <p>
          {formatCountOf(rewrittenRecords, 'record')}{' '}
          {rewrittenRecords === 1 ? 'has a layout' : 'have layouts'} that Ruby does not write, probably
          because another program rewrote them. Nothing is lost, but reading takes longer.
        </p>
      )}
      <p className={styles.note}>
        For a clean dump, write to a separate file in binary mode: not to standard output, where other output
        of the program can get between the records, and without a text encoding.
      </p>
      <div className={styles.snippet}>
        <code>{CLEAN_DUMP}</code>
        <CopyButton text={CLEAN_DUMP} accessibleLabel="Copy how to write a clean dump" />
      </div>
    </section>
  );
}

interface Place {
  line: number;
  offset: number;
}

const PLACE_COLUMNS: Column<Place>[] = [
  {
    id: 'line',
    header: 'Line',
    align: 'end',
    width: '90px',
    cell: ({ line }) => formatCount(line),
    text: ({ line }) => String(line),
  },
  {
    id: 'offset',
    header: 'Byte',
    align: 'end',
    width: '120px',
    cell: ({ offset }) => formatCount(offset),
    text: ({ offset }) => String(offset),
  },
];

const RECORD_COLUMNS: Column<SkippedRecord>[] = [
  ...PLACE_COLUMNS,
  {
    id: 'reason',
    header: 'Reason',
    width: '30%',
    cell: record => <span title={record.reason}>{record.reason}</span>,
    text: record => record.reason,
  },
  {
    id: 'excerpt',
    header: 'Begins with',
    width: '',
    cell: record => <code title={oneLine(record.excerpt)}>{oneLine(record.excerpt)}</code>,
    text: record => record.excerpt,
  },
];

const FIELD_COLUMNS: Column<DamagedField>[] = [
  ...PLACE_COLUMNS,
  {
    id: 'field',
    header: 'Field',
    width: '30%',
    cell: damaged => oneLine(damaged.field),
    text: damaged => damaged.field,
  },
  {
    id: 'value',
    header: 'Value',
    width: '',
    cell: damaged => <code title={oneLine(damaged.value)}>{oneLine(damaged.value)}</code>,
    text: damaged => damaged.value,
  },
];

/** The number of problems of one kind, and the first of them. */
function Kind<Row extends Place>(props: {
  term: Term;
  count: number;
  rows: readonly Row[];
  columns: Column<Row>[];
}) {
  const { term, count, rows, columns } = props;
  if (count === 0) return null;
  return (
    <>
      <p>
        <Defined term={term} />: {formatCount(count)}
        {count > rows.length && rows.length > 0 ? `, the first ${rows.length} here` : ''}
      </p>
      {rows.length === 0 ? null : (
        // Two damaged fields of one record have the same position, so it cannot be the key.
        <PlainTable label={term} rows={rows} rowKey={row => rows.indexOf(row)} columns={columns} />
      )}
    </>
  );
}
