import type { LoadPreview } from '../../../workers/protocol/progress.ts';
import { shareOf } from '../../format/counts.ts';
import { Bytes, Count, Name, TypeDot } from '../../widgets/figures.tsx';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import styles from './Loading.module.css';

/** A preview of the overview while the file is scanned. Retained sizes are known only at the end. */
export default function Preview({ preview }: { preview: LoadPreview }) {
  return (
    <div className={styles.preview}>
      <dl className={styles.totals}>
        <div>
          <dt>Objects so far</dt>
          <dd>
            <Count value={preview.objects} />
          </dd>
        </div>
        <div>
          <dt>Shallow size so far</dt>
          <dd>
            <Bytes value={preview.shallowBytes} />
          </dd>
        </div>
      </dl>
      <div className={styles.columns}>
        <PlainTable
          label="Types so far"
          rows={preview.types.slice(0, 12)}
          rowKey={row => row.type}
          columns={[
            {
              id: 'type',
              header: 'Type',
              width: '',
              cell: row => (
                <>
                  <TypeDot of={row} /> {row.type}
                </>
              ),
              text: row => row.type,
            },
            ...figures<LoadPreview['types'][number]>(preview),
          ]}
        />
        <PlainTable
          label="Classes so far"
          rows={preview.classes}
          rowKey={row => row.label}
          columns={[
            {
              id: 'class',
              header: 'Class',
              width: '',
              cell: row => <Name text={row.label} maxLength={40} />,
              text: row => row.label,
            },
            ...figures<LoadPreview['classes'][number]>(preview),
          ]}
        />
      </div>
    </div>
  );
}

function figures<Row extends { objects: number; shallowBytes: number }>(preview: LoadPreview) {
  return [
    {
      id: 'objects',
      header: 'Objects',
      align: 'end' as const,
      width: '90px',
      cell: (row: Row) => <Count value={row.objects} />,
      text: (row: Row) => String(row.objects),
    },
    {
      id: 'shallow',
      header: 'Shallow size',
      align: 'end' as const,
      width: '110px',
      cell: (row: Row) => <Bytes value={row.shallowBytes} />,
      share: (row: Row) => shareOf(row.shallowBytes, preview.shallowBytes),
      text: (row: Row) => String(row.shallowBytes),
    },
  ];
}
