import { useMemo, useState } from 'react';
import type { ContentRow, ContentValue, ObjectContents } from '../../../workers/protocol/contents.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import type { Excerpt } from '../../../workers/protocol/strings.ts';
import type { ObjectIndex } from '../../../workers/protocol/units.ts';
import { formatCount } from '../../format/counts.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { useRows } from '../../session/use-rows.ts';
import { Bytes } from '../../widgets/figures.tsx';
import { objectText } from '../../widgets/ObjectName.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { ObjectValue } from '../objects/ObjectValue.tsx';
import { useExcerpts } from '../objects/use-excerpts.ts';
import styles from './Inspector.module.css';
import { InspectorTable } from './InspectorTable.tsx';
import { Section } from './Section.tsx';

const TITLES: Readonly<Record<Exclude<ObjectContents['kind'], 'none'>, string>> = {
  entries: 'Entries',
  elements: 'Elements',
  members: 'Members',
  variables: 'Instance variables',
  block: 'Block',
};

/**
 * The contents of an object as its program sees them: pairs, elements, members, variables. Renders nothing for other
 * objects.
 */
export function Contents({ object, onSelect }: { object: ObjectRow; onSelect: (object: ObjectRow) => void }) {
  const { data, asked } = useAnswer('contents', { object: object.index, offset: 0, limit: 0 });
  if (data === null || asked?.object !== object.index || data.kind === 'none') return null;
  const { kind, total, notes } = data;
  return (
    <Section title={`${TITLES[kind]} · ${formatCount(total)}`}>
      {notes.map(note => (
        <p key={note} className={styles.quiet}>
          {oneLine(note)}
        </p>
      ))}
      {total > 0 && <Rows object={object} kind={kind} total={total} onSelect={onSelect} />}
    </Section>
  );
}

function Rows(props: {
  object: ObjectRow;
  kind: Exclude<ObjectContents['kind'], 'none'>;
  total: number;
  onSelect: (object: ObjectRow) => void;
}) {
  const { object, kind, total, onSelect } = props;
  const [visible, setVisible] = useState<readonly ContentRow[]>([]);
  const objects = useMemo(
    () => visible.flatMap(({ key, value }) => [key?.object ?? [], value?.object ?? []].flat()),
    [visible],
  );
  const excerpts = useExcerpts(objects);
  const source = useRows('contents', { object: object.index });
  if (source === null) return null;
  return (
    <InspectorTable
      rows={total}
      label={TITLES[kind]}
      columns={columnsOf(kind, excerpts)}
      source={source}
      onVisible={setVisible}
      onOpen={({ value }) => {
        if (value?.object) onSelect(value.object);
      }}
      empty="Nothing."
    />
  );
}

function columnsOf(
  kind: Exclude<ObjectContents['kind'], 'none'>,
  excerpts: ReadonlyMap<ObjectIndex, Excerpt>,
): Column<ContentRow>[] {
  const show = (value: ContentValue | null, maxLength: number) => (
    <Value
      value={value}
      excerpt={value?.object ? excerpts.get(value.object.index) : undefined}
      maxLength={maxLength}
    />
  );
  const isHash = kind === 'entries';
  return [
    {
      id: 'name',
      header: isHash ? 'Key' : 'Name',
      width: isHash ? 'minmax(80px, 1fr)' : 'minmax(56px, 0.5fr)',
      cell: (row, fittingChars) =>
        row.key === null ? <PartName name={row.name} /> : show(row.key, fittingChars - 2),
      text: row => (row.key === null ? oneLine(row.name ?? '') : textOf(row.key)),
    },
    {
      id: 'value',
      header: 'Value',
      width: 'minmax(120px, 1.2fr)',
      cell: (row, fittingChars) => show(row.value, fittingChars - 2),
      text: row => textOf(row.value),
    },
    {
      id: 'retained',
      header: 'Retained',
      term: 'retainedBytes',
      align: 'end',
      width: '84px',
      cell: ({ value }) => (value?.object ? <Bytes value={value.object.retainedBytes} /> : ''),
      text: ({ value }) => (value?.object ? String(value.object.retainedBytes) : ''),
    },
  ];
}

function PartName({ name }: { name: string | null }) {
  if (name === null) return <span className={styles.quiet}>–</span>;
  return <span title={oneLine(name)}>{cutMiddle(oneLine(name), 24)}</span>;
}

function Value(props: { value: ContentValue | null; excerpt: Excerpt | undefined; maxLength: number }) {
  const { value, excerpt, maxLength } = props;
  if (value === null) return <span className={styles.quiet}>no object</span>;
  if (value.object === null) return <span className={styles.quiet}>{value.address}, not in the dump</span>;
  return <ObjectValue object={value.object} excerpt={excerpt} maxLength={maxLength} />;
}

function textOf(value: ContentValue | null): string {
  if (value === null) return '';
  return value.object === null ? value.address : oneLine(objectText(value.object));
}
