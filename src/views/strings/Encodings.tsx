import type { ReactNode } from 'react';
import type { ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import { useRows } from '../../session/use-rows.ts';
import { chipFor } from '../../state/chips.ts';
import { defaultView } from '../../state/navigation.ts';
import { useActiveSnapshot, useAppStore, useCurrentSet } from '../../state/use-app.ts';
import { CopyRows } from '../../widgets/table/CopyRows.tsx';
import { VirtualTable } from '../../widgets/table/VirtualTable.tsx';
import { groupColumns } from '../classes/group-columns.tsx';
import { NothingMatches } from '../shared/NothingMatches.tsx';
import { stringsOf } from './LongestStrings.tsx';
import styles from './StringsView.module.css';

/** The strings of the current set by the encoding in their records. */
export function Encodings({ figures }: { figures: ReactNode }) {
  const currentSet = useCurrentSet();
  const { drillInto } = useAppStore().getState();
  const snapshot = useActiveSnapshot();
  const strings = stringsOf(snapshot?.vocabulary);
  const set: ObjectSetSpec = { kind: 'and', sets: [currentSet, strings] };
  const source = useRows('groups', { key: 'encoding', sort: 'shallowBytes', descending: true }, { set });
  const chipOf = (label: string | null) =>
    chipFor({ kind: 'and', sets: [strings, { kind: 'group', key: 'encoding', label }] });
  const columns = groupColumns('encoding', snapshot?.shallowBytes ?? 0, ({ label }) =>
    drillInto(chipOf(label), defaultView('retainers')),
  ).map(column => {
    const { sort: _, ...unsorted } = column;
    return unsorted;
  });
  if (source === null) return null;
  return (
    <>
      <div className={styles.head}>
        {figures}
        <CopyRows columns={columns} source={source} />
      </div>
      <div className={styles.rows}>
        <VirtualTable
          label="Strings by encoding"
          columns={columns}
          source={source}
          onOpen={({ label }) => drillInto(chipOf(label), 'objects')}
          empty={<NothingMatches />}
        />
      </div>
    </>
  );
}
