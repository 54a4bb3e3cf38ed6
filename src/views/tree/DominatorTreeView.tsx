import { objectSetKey } from '../../../workers/protocol/object-set.ts';
import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import { useSession } from '../../session/session.ts';
import { chipFor } from '../../state/chips.ts';
import { useActiveSnapshot, useAppStore, useCurrentSet } from '../../state/use-app.ts';
import { Notice } from '../../widgets/Notice.tsx';
import { CopyRows } from '../../widgets/table/CopyRows.tsx';
import { useTreeRows } from '../../widgets/table/use-tree-rows.ts';
import { VirtualTable } from '../../widgets/table/VirtualTable.tsx';
import { ViewHeader } from '../../widgets/ViewHeader.tsx';
import { NothingMatches } from '../shared/NothingMatches.tsx';
import styles from '../sites/SitesView.module.css';
import { dominatorColumns } from './dominator-columns.tsx';

/** Maximum number of children listed at a time; a row for the rest lists more. */
const MAX_CHILDREN = 200;

/** The dominator tree with siblings of one class merged, as expandable rows. */
export default function DominatorTreeView() {
  const { service } = useSession();
  const { drillInto } = useAppStore().getState();
  const snapshot = useActiveSnapshot();
  const set = useCurrentSet();
  const id = snapshot?.id ?? -1;
  const { source, tree, error, ready } = useTreeRows<TreeNode>({
    key: `${id} ${snapshot?.referencesOnly} ${objectSetKey(set)}`,
    async load(path) {
      // A rest contains more children of the same node, after the listed ones.
      const rest = path.at(-1)?.kind === 'remainder' ? path.at(-1)!.skip : 0;
      const steps = path.filter(node => node.kind !== 'remainder').flatMap(({ step }) => step ?? []);
      const nodes = await service.ask('mergedTree', {
        snapshot: id,
        set,
        path: steps,
        overhead: false,
        maxNodes: MAX_CHILDREN,
        minShare: 0,
        levels: 1,
        skip: rest,
      });
      return nodes.filter(node => node.parent === 0);
    },
    nameOf: node => `${node.kind} ${node.step ?? node.label} ${node.skip}`,
    opens: node => node.kind === 'remainder' || (node.more && node.step !== null),
  });
  const columns = dominatorColumns({
    heapBytes: (snapshot?.shallowBytes ?? 0) - (snapshot?.overheadBytes ?? 0),
    tree,
    onShow: node => node.set && drillInto(chipFor(node.set), 'objects'),
  });
  if (snapshot === null) return null;
  const measure = set.kind === 'all' ? 'what it retains' : 'how much of the set it retains';
  return (
    <section className={styles.view}>
      <ViewHeader
        title="Dominator tree"
        shows={`Each row is below what retains it; objects of one class are merged. Sorted by ${measure}. Open a row to see what it retains.`}
      >
        <CopyRows columns={columns.filter(({ id: column }) => column !== 'show')} source={source} />
      </ViewHeader>
      {error && <Notice tone="danger">The worker could not answer: {error.message}</Notice>}
      <div className={styles.table}>
        <VirtualTable
          label="Dominator tree by class"
          columns={columns}
          source={source}
          tree={tree}
          onOpen={tree.toggle}
          empty={ready ? <NothingMatches /> : null}
        />
      </div>
    </section>
  );
}
