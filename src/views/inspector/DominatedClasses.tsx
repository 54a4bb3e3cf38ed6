import { useState } from 'react';
import type { ObjectDetails } from '../../../workers/protocol/object-details.ts';
import { formatCount } from '../../format/counts.ts';
import { useRows } from '../../session/use-rows.ts';
import { chipFor } from '../../state/chips.ts';
import { retainedBy } from '../../state/set-text.ts';
import { useAppStore } from '../../state/use-app.ts';
import { Bytes, Name, TypeDot } from '../../widgets/figures.tsx';
import { objectsColumn } from '../shared/group-columns.tsx';
import styles from './Inspector.module.css';
import { InspectorTable } from './InspectorTable.tsx';
import { Section } from './Section.tsx';

/** How many rows have room while their number is not known. */
const SHOWN_ROWS = 9;

/** What would be freed with the object, by class. Requested when it is opened. */
export function DominatedClasses({ details }: { details: ObjectDetails }) {
  const [open, setOpen] = useState(false);
  const { retainedObjects, object } = details;
  if (retainedObjects <= 1 || !object.reachable) return null;
  return (
    <Section
      title={`Freed with it, by class · ${formatCount(retainedObjects)}`}
      open={open}
      onToggle={setOpen}
    >
      {open && <Classes details={details} />}
    </Section>
  );
}

function Classes({ details: { object } }: { details: ObjectDetails }) {
  const { narrow } = useAppStore().getState();
  const source = useRows(
    'groups',
    { key: 'class', sort: 'shallowBytes', descending: true },
    { set: { kind: 'dominatedBy', object: object.index } },
  );
  if (source === null) return null;
  return (
    <InspectorTable
      rows={SHOWN_ROWS}
      label="Freed with it, by class"
      source={source}
      onOpen={row => {
        narrow(chipFor(retainedBy(object.address)));
        narrow(chipFor({ kind: 'group', key: 'class', label: row.label }));
      }}
      empty={<p className={styles.quiet}>Nothing.</p>}
      columns={[
        {
          id: 'class',
          header: 'Class',
          term: 'class',
          width: 'minmax(120px, 1fr)',
          cell: (row, fittingChars) => (
            <>
              <TypeDot of={row} />
              <Name text={row.label ?? ''} maxLength={fittingChars - 2} />
            </>
          ),
          text: row => row.label ?? '',
        },
        objectsColumn('80px'),
        {
          id: 'shallow',
          header: 'Shallow',
          term: 'shallowBytes',
          align: 'end',
          width: '88px',
          cell: row => <Bytes value={row.shallowBytes} />,
          text: row => String(row.shallowBytes),
        },
      ]}
    />
  );
}
