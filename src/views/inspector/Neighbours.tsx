import { useMemo, useState } from 'react';
import type { ObjectDetails } from '../../../workers/protocol/object-details.ts';
import type { Neighbour, ObjectRow } from '../../../workers/protocol/rows.ts';
import { formatCount } from '../../format/counts.ts';
import { useRows } from '../../session/use-rows.ts';
import { useExcerpts } from '../objects/use-excerpts.ts';
import styles from './Inspector.module.css';
import { InspectorTable } from './InspectorTable.tsx';
import { NeighbourGroups } from './NeighbourGroups.tsx';
import { edgeCell, edgeOf, neighbourCell, retainedCell } from './neighbour-cells.tsx';
import { Section } from './Section.tsx';

/** More neighbours than this are grouped by class. */
const MAX_LISTED = 20;

const NAMES = {
  references: { title: 'References', none: 'It refers to no object.' },
  referrers: { title: 'Referrers', none: 'No object refers to it.' },
} as const;

interface NeighboursProps {
  details: ObjectDetails;
  direction: 'references' | 'referrers';
  onSelect: (object: ObjectRow) => void;
}

/** The references or referrers of an object: a few one by one, many grouped by class. */
export function Neighbours({ details, direction, onSelect }: NeighboursProps) {
  const { title, none } = NAMES[direction];
  const total = details[direction];
  return (
    <Section title={`${title} · ${formatCount(total)}`}>
      {total === 0 ? (
        <p className={styles.quiet}>{none}</p>
      ) : total > MAX_LISTED ? (
        <NeighbourGroups object={details.object} direction={direction} title={title} onSelect={onSelect} />
      ) : (
        <NeighbourList details={details} direction={direction} onSelect={onSelect} />
      )}
    </Section>
  );
}

function NeighbourList({ details, direction, onSelect }: NeighboursProps) {
  const [visible, setVisible] = useState<readonly Neighbour[]>([]);
  const objects = useMemo(() => visible.map(neighbour => neighbour.object), [visible]);
  const excerpts = useExcerpts(objects);
  const source = useRows('neighbours', { object: details.object.index, direction });
  const { title, none } = NAMES[direction];
  if (source === null) return null;
  return (
    <InspectorTable<Neighbour>
      rows={details[direction]}
      label={title}
      columns={[
        {
          id: 'by',
          header: 'By',
          width: 'minmax(88px, 0.5fr)',
          cell: edgeCell,
          text: edgeOf,
        },
        {
          id: 'object',
          header: 'Object',
          width: 'minmax(140px, 1fr)',
          cell: (neighbour, fittingChars) => neighbourCell(neighbour, excerpts, fittingChars),
          text: ({ object }) => `${object.label} ${object.title} ${object.address}`,
        },
        {
          id: 'retained',
          header: 'Retained',
          term: 'retainedBytes',
          align: 'end',
          width: '84px',
          cell: ({ object }) => retainedCell(object),
          text: ({ object }) => String(object.retainedBytes),
        },
      ]}
      source={source}
      onVisible={setVisible}
      onOpen={neighbour => onSelect(neighbour.object)}
      empty={none}
    />
  );
}
