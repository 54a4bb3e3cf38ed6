import { objectSetKey } from '../../../workers/protocol/object-set.ts';
import { useSession } from '../../session/session.ts';
import { chipFor } from '../../state/chips.ts';
import { defaultView, type SiteSortKey } from '../../state/navigation.ts';
import { useActiveSnapshot, useApp, useAppStore, useCurrentSet } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { CopyRows } from '../../widgets/table/CopyRows.tsx';
import { useTreeRows } from '../../widgets/table/use-tree-rows.ts';
import { VirtualTable } from '../../widgets/table/VirtualTable.tsx';
import { ViewHeader } from '../../widgets/ViewHeader.tsx';
import { HowToTrace } from '../generations/HowToTrace.tsx';
import { ApplicationRoot } from '../shared/ApplicationRoot.tsx';
import { NothingMatches } from '../shared/NothingMatches.tsx';
import { nextKey, type SiteRow, setAt, siteRows } from './levels.ts';
import styles from './SitesView.module.css';
import { siteColumns } from './site-columns.tsx';

/** Maximum number of groups listed at a time; a row for the rest lists more. */
const MAX_GROUPS = 500;

/**
 * Which code allocated the objects: origin, gem, directory, file, line and method, each level below the previous one.
 */
export default function SitesView() {
  const view = useApp(state => (state.view.kind === 'sites' ? state.view : null)) ?? defaultView('sites');
  const { service } = useSession();
  const { adjustView, drillInto, narrow } = useAppStore().getState();
  const snapshot = useActiveSnapshot();
  const set = useCurrentSet();
  const { sort, descending } = view;
  const id = snapshot?.id ?? -1;
  const rules = `${snapshot?.applicationRoot} ${snapshot?.referencesOnly}`;
  const { source, tree, error, ready } = useTreeRows<SiteRow>({
    key: `${id} ${rules} ${sort} ${descending} ${objectSetKey(set)}`,
    async load(path) {
      const key = nextKey(path);
      if (key === null) return [];
      const last = path.at(-1);
      const offset = last?.kind === 'rest' ? last.skip : 0;
      const window = { offset, limit: MAX_GROUPS, sort, descending };
      const groups = await service.ask('groups', { snapshot: id, set: setAt(set, path), key, ...window });
      return siteRows(key, groups);
    },
    nameOf: row => (row.kind === 'rest' ? `rest ${row.skip}` : `${row.group.label}`),
    opens: (row, above) => row.kind === 'rest' || nextKey([...above, row]) !== null,
  });
  const columns = siteColumns({
    heapBytes: snapshot?.shallowBytes ?? 0,
    root: snapshot?.applicationRoot ?? '',
    tree,
    onShow: path => drillInto(chipFor(setAt({ kind: 'all' }, path, true)), 'objects'),
  });
  if (snapshot === null) return null;
  if (snapshot.tracedObjects === 0) {
    return (
      <section className={styles.view}>
        <ViewHeader title="Allocation sites" shows="This dump does not contain allocation sites." />
        <HowToTrace />
      </section>
    );
  }
  return (
    <section className={styles.view}>
      <ViewHeader
        title="Allocation sites"
        shows="Which code allocated what. Open rows to go from the origin down to line and method."
      >
        <Button onClick={() => narrow(chipFor({ kind: 'group', key: 'origin', label: 'application' }))}>
          Application only
        </Button>
        <CopyRows columns={columns.filter(({ id: column }) => column !== 'show')} source={source} />
      </ViewHeader>
      <div className={styles.root}>
        <ApplicationRoot />
      </div>
      {error && <Notice tone="danger">The worker could not answer: {error.message}</Notice>}
      <div className={styles.table}>
        <VirtualTable
          label="Allocation sites"
          columns={columns}
          source={source}
          sorting={{ key: sort, descending }}
          onSort={sorting =>
            adjustView({ ...view, sort: sorting.key as SiteSortKey, descending: sorting.descending })
          }
          tree={tree}
          onOpen={tree.toggle}
          empty={ready ? <NothingMatches /> : null}
        />
      </div>
    </section>
  );
}
