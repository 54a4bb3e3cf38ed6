import { type ReactNode, useState } from 'react';
import type { ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import { Trait, type Vocabulary } from '../../../workers/protocol/vocabulary.ts';
import { useRows } from '../../session/use-rows.ts';
import { useActiveSnapshot, useApp, useCurrentSet } from '../../state/use-app.ts';
import { chosenColumn, objectColumns } from '../objects/object-columns.tsx';
import { useExcerpts } from '../objects/use-excerpts.ts';
import { NothingMatches } from '../shared/NothingMatches.tsx';
import { FramedTable } from './FramedTable.tsx';

const COLUMNS = ['length', 'generation', 'site'] as const;

/** The strings of the current set by shallow size. */
export function LongestStrings({ figures }: { figures: ReactNode }) {
  const currentSet = useCurrentSet();
  const select = useApp(state => state.select);
  const setInspectorOpen = useApp(state => state.setInspectorOpen);
  const selected = useApp(state => state.selection?.object ?? null);
  const snapshot = useActiveSnapshot();
  const set: ObjectSetSpec = { kind: 'and', sets: [currentSet, stringsOf(snapshot?.vocabulary)] };
  const order = { sort: 'shallowBytes', descending: true } as const;
  const source = useRows('objects', { ...order, columns: [...COLUMNS] }, { set });
  const [visible, setVisible] = useState<readonly ObjectRow[]>([]);
  const excerpts = useExcerpts(visible);
  const columns = [
    ...objectColumns(snapshot?.shallowBytes ?? 0, excerpts),
    ...COLUMNS.map((column, at) => chosenColumn(column, at)),
  ].map(column => {
    const { sort: _, ...unsorted } = column;
    return unsorted;
  });
  if (source === null) return null;
  return (
    <FramedTable
      figures={figures}
      label="Longest strings"
      columns={columns}
      source={source}
      isSelected={row => row.index === selected}
      onOpen={row => {
        select({ object: row.index, address: row.address });
        setInspectorOpen(true);
      }}
      onVisible={setVisible}
      empty={<NothingMatches />}
    />
  );
}

/** All strings, whatever their types are called in the format. */
export function stringsOf(vocabulary: Vocabulary | undefined): ObjectSetSpec {
  const types = (vocabulary?.types ?? []).filter(([, { traits }]) => (traits & Trait.string) !== 0);
  if (types.length === 0) return { kind: 'not', set: { kind: 'all' } };
  return { kind: 'filter', text: types.map(([type]) => `type:${type}`).join(' or ') };
}
