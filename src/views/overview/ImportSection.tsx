import type { Overview, SkippedRecord } from '../../../workers/protocol/rows.ts';
import { formatCount } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import type { Term } from '../../glossary.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { Defined } from '../../widgets/Defined.tsx';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import styles from './OverviewView.module.css';

const CLEAN_DUMP = 'File.open("heap.json", "wb") { |io| ObjectSpace.dump_all(output: io) }';

/** What of the file could not be taken as it stood, and how to take a clean dump. Nothing where all was well. */
export function ImportSection({ overview }: { overview: Overview }) {
  const { import: report, duplicateAddresses } = overview;
  const { skippedRecords, rescuedRecords, foreignLines, truncated, damage, notes } = report;
  const irregular = skippedRecords + rescuedRecords + foreignLines + duplicateAddresses;
  if (irregular === 0 && !truncated && damage === null && notes.length === 0) return null;
  return (
    <section>
      <h3 className={styles.sectionTitle}>What could not be read as it stood</h3>
      {damage === null ? null : (
        <p>{damage} What could be read is here; copy or take the dump again for the rest.</p>
      )}
      {notes.map(note => (
        <p key={note}>{note}</p>
      ))}
      {truncated ? <p>The file ends within a record; whatever followed is missing.</p> : null}
      <Kind term="skippedRecords" count={skippedRecords} records={report.skipped} />
      <Kind term="rescuedRecords" count={rescuedRecords} records={report.rescued} />
      <Kind term="foreignLines" count={foreignLines} records={report.foreign} />
      <Kind term="duplicateAddresses" count={duplicateAddresses} records={[]} />
      <p className={styles.note}>
        A clean dump is written to a file of its own, in binary mode: not to standard output, where other
        output of the program gets between the records, and not through a text encoding.
      </p>
      <div className={styles.snippet}>
        <code>{CLEAN_DUMP}</code>
        <CopyButton text={CLEAN_DUMP} accessibleLabel="Copy how to take a clean dump" />
      </div>
    </section>
  );
}

function Kind({ term, count, records }: { term: Term; count: number; records: readonly SkippedRecord[] }) {
  if (count === 0) return null;
  const heading = (
    <>
      <Defined term={term} />: {formatCount(count)}
      {count > records.length && records.length > 0 ? `, the first ${records.length} here` : ''}
    </>
  );
  if (records.length === 0) return <p>{heading}</p>;
  return (
    <>
      <p>{heading}</p>
      <PlainTable
        label={term}
        rows={records}
        rowKey={record => record.offset}
        columns={[
          {
            id: 'line',
            header: 'Line',
            align: 'end',
            width: '90px',
            cell: record => formatCount(record.line),
            text: record => String(record.line),
          },
          {
            id: 'offset',
            header: 'Byte',
            align: 'end',
            width: '120px',
            cell: record => formatCount(record.offset),
            text: record => String(record.offset),
          },
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
        ]}
      />
    </>
  );
}
