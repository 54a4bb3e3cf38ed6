import { useState } from 'react';
import { isGroupingKey, type ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import type { ObjectColumn, ObjectSortKey } from '../../../workers/protocol/questions/sort-keys.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import { formatBytes } from '../../format/bytes.ts';
import { useRows } from '../../session/use-rows.ts';
import { defaultView } from '../../state/navigation.ts';
import { useActiveSnapshot, useApp, useCurrentSet, useGroupingKeys } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { CheckField } from '../../widgets/Field.tsx';
import { ColumnChooser } from '../../widgets/table/ColumnChooser.tsx';
import { CopyRows } from '../../widgets/table/CopyRows.tsx';
import { VirtualTable } from '../../widgets/table/VirtualTable.tsx';
import { ViewHeader } from '../../widgets/ViewHeader.tsx';
import styles from '../classes/ClassesView.module.css';
import { NothingMatches } from '../shared/NothingMatches.tsx';
import { useMatches } from '../shared/use-matches.ts';
import { matchColumn } from './match-column.tsx';
import { CHOSEN_COLUMNS, chosenColumn, columnName, objectColumns } from './object-columns.tsx';
import { PickedBar } from './PickedBar.tsx';
import { pickColumn } from './pick-column.tsx';
import { useExcerpts } from './use-excerpts.ts';
import { usePicked } from './use-picked.ts';

const WITHOUT_TRACER: ObjectSetSpec = { kind: 'filter', text: '-is:overhead' };

/** The members of the current set, one per row. For the whole heap, without the allocation tracer's own table. */
export default function ObjectsView() {
  const current = useApp(state => state.view);
  const adjustView = useApp(state => state.adjustView);
  const navigate = useApp(state => state.navigate);
  const select = useApp(state => state.select);
  const setInspectorOpen = useApp(state => state.setInspectorOpen);
  const selected = useApp(state => state.selection?.object ?? null);
  const snapshot = useActiveSnapshot();
  const view = current.kind === 'objects' ? current : defaultView('objects');
  const { sort, descending } = view;
  // Every row already has the address.
  const fileColumns = view.columns.filter(column => column !== 'address');
  const overheadBytes = snapshot?.overheadBytes ?? 0;
  // A chosen set is shown in full.
  const isWhole = useCurrentSet().kind === 'all';
  const leavesOut = isWhole && overheadBytes > 0 && !view.overhead;
  const source = useRows(
    'objects',
    { sort, descending, columns: fileColumns },
    leavesOut ? { set: WITHOUT_TRACER } : {},
  );
  const [visible, setVisible] = useState<readonly ObjectRow[]>([]);
  const excerpts = useExcerpts(visible);
  const picked = usePicked();
  const matches = useMatches(visible, 'matches');
  const known = useGroupingKeys([]);
  const offered = CHOSEN_COLUMNS.filter(column => !isGroupingKey(column) || known.includes(column));
  const own = [
    ...objectColumns(snapshot?.shallowBytes ?? 0, excerpts),
    ...view.columns.map(column => chosenColumn(column, fileColumns.indexOf(column as ObjectColumn))),
  ];
  const match = matches.size === 0 ? [] : [matchColumn(matches)];
  const columns = [pickColumn(picked), ...own.slice(0, 1), ...match, ...own.slice(1)];
  if (source === null) return null;

  return (
    <div className={styles.view}>
      <ViewHeader title="Objects" shows="Objects that match the filter. Select a row to see why it is alive.">
        {isWhole && overheadBytes > 0 && (
          <CheckField
            label={`Allocation tracer (${formatBytes(overheadBytes)})`}
            checked={view.overhead}
            onChange={overhead => adjustView({ ...view, overhead })}
          />
        )}
        <Button onClick={() => navigate(defaultView('retainers'))}>Why alive?</Button>
        <ColumnChooser
          columns={offered.map(id => ({ id, name: columnName(id) }))}
          shown={view.columns}
          onChange={shown => adjustView({ ...view, columns: shown })}
        />
        <CopyRows columns={own} source={source} />
      </ViewHeader>
      <PickedBar picked={picked} />
      <div className={styles.table}>
        <VirtualTable
          label="Objects of the current set"
          columns={columns}
          source={source}
          sorting={{ key: sort, descending }}
          onSort={sorting =>
            adjustView({ ...view, sort: sorting.key as ObjectSortKey, descending: sorting.descending })
          }
          isSelected={row => row.index === selected}
          onOpen={row => {
            select({ object: row.index, address: row.address });
            setInspectorOpen(true);
          }}
          onPick={picked.toggle}
          onVisible={setVisible}
          empty={<NothingMatches />}
        />
      </div>
    </div>
  );
}
