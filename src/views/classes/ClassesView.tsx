import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import type { GroupSortKey } from '../../../workers/protocol/questions/sort-keys.ts';
import { formatBytes } from '../../format/bytes.ts';
import { useDeferred } from '../../session/use-deferred.ts';
import { useRows } from '../../session/use-rows.ts';
import { chipFor } from '../../state/chips.ts';
import { GROUPING_KEY_NAMES } from '../../state/grouping-names.ts';
import { defaultView, usualGroupOrder } from '../../state/navigation.ts';
import { useActiveSnapshot, useApp, useGroupingKeys } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { CheckField, SelectField, TextField } from '../../widgets/Field.tsx';
import { CopyRows } from '../../widgets/table/CopyRows.tsx';
import { VirtualTable } from '../../widgets/table/VirtualTable.tsx';
import { ViewHeader } from '../../widgets/ViewHeader.tsx';
import { ApplicationRoot } from '../shared/ApplicationRoot.tsx';
import { NothingMatches } from '../shared/NothingMatches.tsx';
import styles from './ClassesView.module.css';
import { groupColumns } from './group-columns.tsx';

/** Every group of the current set by one key, initially the class. */
export default function ClassesView() {
  const current = useApp(state => state.view);
  const adjustView = useApp(state => state.adjustView);
  const drillInto = useApp(state => state.drillInto);
  const snapshot = useActiveSnapshot();
  const view = current.kind === 'classes' ? current : defaultView('classes');
  const { key, sort, descending, overhead } = view;
  const overheadBytes = snapshot?.overheadBytes ?? 0;
  const filter = useDeferred(view.filter);
  const source = useRows('groups', { key, sort, descending, filter, overhead });
  const names = GROUPING_KEY_NAMES[key];
  const keys = useGroupingKeys([key]);
  const columns = groupColumns(key, snapshot?.shallowBytes ?? 0, row =>
    drillInto(chipFor({ kind: 'group', key, label: row.label }), defaultView('retainers')),
  );
  if (source === null) return null;

  return (
    <div className={styles.view}>
      <ViewHeader
        title={key === 'class' ? 'Classes' : `By ${names.name}`}
        shows={`Every ${names.name}, with its objects. Select a row to see them.`}
      >
        <TextField
          aria-label={`Filter the ${names.plural}`}
          placeholder={`Filter ${names.plural}`}
          value={view.filter}
          onChange={event => adjustView({ ...view, filter: event.target.value })}
        />
        {key === 'class' && overheadBytes > 0 && (
          <CheckField
            label={`Allocation tracer (${formatBytes(overheadBytes)})`}
            checked={overhead}
            onChange={checked => adjustView({ ...view, overhead: checked })}
          />
        )}
        <SelectField
          label="Group by"
          value={key}
          options={keys.map(value => ({ value, name: GROUPING_KEY_NAMES[value].name }))}
          onChange={(value: GroupingKey) =>
            adjustView({ ...view, ...usualGroupOrder(value), key: value, filter: '' })
          }
        />
        <CopyRows columns={columns} source={source} />
      </ViewHeader>
      {(key === 'origin' || key === 'gem') && (
        <div className={styles.root}>
          <ApplicationRoot />
        </div>
      )}
      <div className={styles.table}>
        <VirtualTable
          label={`Objects by ${names.name}`}
          columns={columns}
          source={source}
          sorting={{ key: sort, descending }}
          onSort={sorting =>
            adjustView({ ...view, sort: sorting.key as GroupSortKey, descending: sorting.descending })
          }
          onOpen={row => drillInto(chipFor({ kind: 'group', key, label: row.label }), 'objects')}
          empty={
            view.filter === '' ? (
              <NothingMatches />
            ) : (
              <div className={styles.empty}>
                <p>
                  No {names.name} contains {'\u201c'}
                  {view.filter}
                  {'\u201d'}.
                </p>
                <Button onClick={() => adjustView({ ...view, filter: '' })}>Clear the filter</Button>
              </div>
            )
          }
        />
      </div>
    </div>
  );
}
