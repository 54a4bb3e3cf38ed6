import type { FindingEvidence } from '../../../workers/protocol/findings.ts';
import { oneLine } from '../../format/names.ts';
import { Button } from '../../widgets/Button.tsx';
import { Bytes, Count } from '../../widgets/figures.tsx';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import { GroupName } from '../shared/FilePath.tsx';
import styles from './FindingCard.module.css';

/** Sites and files are shown by their path within the application, the gem or Ruby. */
function EvidenceName({ row: { label, set } }: { row: FindingEvidence }) {
  const spec = set?.kind === 'and' ? set.sets.at(-1) : set;
  const isPlace =
    spec?.kind === 'group' && (spec.key === 'site' || spec.key === 'file') && spec.label === label;
  return <GroupName groupKey={isPlace ? spec.key : 'class'} label={label} />;
}

/** The evidence for a finding. A row opens its object in the inspector, or its set in the list of objects. */
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
                <EvidenceName row={row} />
              ) : (
                <Button look="link" onClick={() => onOpen(row)}>
                  <EvidenceName row={row} />
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
