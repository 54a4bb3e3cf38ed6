import type { FindingEvidence } from '../../../workers/protocol/findings.ts';
import { oneLine } from '../../format/names.ts';
import { Button } from '../../widgets/Button.tsx';
import { Bytes, Count, Name } from '../../widgets/figures.tsx';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import styles from './FindingCard.module.css';

/** What a finding rests on. A row opens its object in the inspector, or its set in the list of objects. */
export function EvidenceTable({
  rows,
  onOpen,
}: {
  rows: readonly FindingEvidence[];
  onOpen: (row: FindingEvidence) => void;
}) {
  const numbered = rows.map((row, index) => ({ row, index }));
  return (
    <PlainTable
      label="Evidence"
      rows={numbered}
      rowKey={({ index }) => index}
      columns={[
        {
          id: 'what',
          header: 'What',
          width: '',
          cell: ({ row }) => (
            <span className={styles.what}>
              {row.object === null && row.set === null ? (
                <Name text={row.label} />
              ) : (
                <Button look="link" onClick={() => onOpen(row)}>
                  <Name text={row.label} />
                </Button>
              )}
              {row.object === null ? null : <span className={styles.quiet}>{row.object.address}</span>}
              {row.detail === '' ? null : <span className={styles.quiet}>{oneLine(row.detail)}</span>}
            </span>
          ),
          text: ({ row }) => row.label,
        },
        {
          id: 'objects',
          header: 'Objects',
          align: 'end',
          width: '110px',
          cell: ({ row }) => (row.objects === null ? null : <Count value={row.objects} />),
          text: ({ row }) => String(row.objects ?? ''),
        },
        {
          id: 'bytes',
          header: 'Bytes',
          align: 'end',
          width: '110px',
          cell: ({ row }) => (row.bytes === null ? null : <Bytes value={row.bytes} />),
          text: ({ row }) => String(row.bytes ?? ''),
        },
      ]}
    />
  );
}
