import { useMemo, useState } from 'react';
import type { ObjectDetails } from '../../../workers/protocol/object-details.ts';
import type { Neighbour, ObjectRow } from '../../../workers/protocol/rows.ts';
import type { Excerpt } from '../../../workers/protocol/strings.ts';
import type { ObjectIndex } from '../../../workers/protocol/units.ts';
import { formatCount } from '../../format/counts.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { useRows } from '../../session/use-rows.ts';
import { Bytes } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { VirtualTable } from '../../widgets/table/VirtualTable.tsx';
import { ObjectValue } from '../objects/ObjectValue.tsx';
import { useExcerpts } from '../objects/use-excerpts.ts';
import styles from './Inspector.module.css';
import { Section } from './Section.tsx';

const ROW_PX = 24;
const HEADER_PX = 28;
const MAX_SHOWN_ROWS = 9;

const NAMES = {
  references: { title: 'References', none: 'It refers to no object.' },
  referrers: { title: 'Referrers', none: 'No object refers to it.' },
} as const;

/** The references or referrers of an object: any number, fetched as they scroll into view. */
export function Neighbours(props: {
  details: ObjectDetails;
  direction: 'references' | 'referrers';
  onSelect: (object: ObjectRow) => void;
}) {
  const { details, direction, onSelect } = props;
  const [visible, setVisible] = useState<readonly Neighbour[]>([]);
  const objects = useMemo(() => visible.map(neighbour => neighbour.object), [visible]);
  const excerpts = useExcerpts(objects);
  const { title, none } = NAMES[direction];
  const total = details[direction];
  const source = useRows('neighbours', { object: details.object.index, direction });
  return (
    <Section title={`${title} · ${formatCount(total)}`}>
      {total === 0 || source === null ? (
        <p className={styles.quiet}>{none}</p>
      ) : (
        <div style={{ height: Math.min(total, MAX_SHOWN_ROWS) * ROW_PX + HEADER_PX + 2 }}>
          <VirtualTable
            label={title}
            columns={columnsOf(excerpts)}
            source={source}
            onVisible={setVisible}
            onOpen={neighbour => onSelect(neighbour.object)}
            empty={none}
          />
        </div>
      )}
    </Section>
  );
}

function columnsOf(excerpts: ReadonlyMap<ObjectIndex, Excerpt>): Column<Neighbour>[] {
  return [
    {
      id: 'by',
      header: 'By',
      width: 'minmax(88px, 0.5fr)',
      cell: (neighbour, fittingChars) => (
        <span title={edgeOf(neighbour)}>{cutMiddle(edgeOf(neighbour), Math.max(12, fittingChars))}</span>
      ),
      text: edgeOf,
    },
    {
      id: 'object',
      header: 'Object',
      width: 'minmax(140px, 1fr)',
      cell: ({ object }, fittingChars) => (
        <ObjectValue
          object={object}
          excerpt={excerpts.get(object.index)}
          // Cut from the left: constants of one namespace begin alike. The mark takes the room of two characters.
          maxLength={Math.max(12, fittingChars - 2)}
          className={styles.quiet ?? ''}
        />
      ),
      text: ({ object }) => `${object.label} ${object.title} ${object.address}`,
    },
    {
      id: 'retained',
      header: 'Retained',
      term: 'retainedBytes',
      align: 'end',
      width: '84px',
      cell: ({ object }) => <Bytes value={object.retainedBytes} />,
      text: ({ object }) => String(object.retainedBytes),
    },
  ];
}

/** `@user`, `class`, `reference × 3`. */
function edgeOf({ name, noun, multiplicity }: Neighbour): string {
  const text = oneLine(name ?? noun);
  return multiplicity > 1 ? `${text} × ${formatCount(multiplicity)}` : text;
}
