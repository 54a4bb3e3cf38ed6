import { useState } from 'react';
import type { ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import { tileName } from '../../charts/treemap/labels.ts';
import { childrenOf, pathTo } from '../../charts/treemap/summarise.ts';
import { useSession } from '../../session/session.ts';
import { chipFor } from '../../state/chips.ts';
import type { TreemapSource, ViewOf } from '../../state/navigation.ts';
import { retainedBy } from '../../state/set-text.ts';
import { useActiveSnapshot, useApp, useAppStore } from '../../state/use-app.ts';
import type { Crumb } from './Breadcrumbs.tsx';
import { sourceOfTile } from './sources.ts';
import type { ShownTree } from './use-tree.ts';

/** Actions in a treemap: zooming in and out, picking a tile, narrowing to it. */
export interface TreemapActions {
  /** The last clicked tile, while the same treemap is shown. */
  picked: TreeNode | null;
  /** Whether it can be entered. */
  canEnterPicked: boolean;
  /** Its position, or that of the selected object; -1 if it has no tile. */
  selected: number;
  go(source: TreemapSource): void;
  goUp(): void;
  /** Marks a tile; if it is an object, the inspector shows it. */
  pick(position: number): void;
  /** Enters a tile or a rest; picks it if it cannot be entered. */
  drill(position: number): void;
  narrowTo(set: ObjectSetSpec): void;
  /** Shows what holds the picked tile's class or group, up to the roots; null if that is not possible. */
  showHolders: (() => void) | null;
}

export function useTreemapActions(
  view: ViewOf<'treemap'> | ViewOf<'flame'>,
  shown: ShownTree | null,
  crumbs: readonly Crumb[],
): TreemapActions {
  const { service } = useSession();
  const snapshot = useActiveSnapshot();
  const selection = useApp(state => state.selection);
  const { navigate, select, narrow, drillInto } = useAppStore().getState();
  const [picked, setPicked] = useState<TreeNode | null>(null);

  const nodes = shown?.tree.nodes ?? [];
  const groupPosition = picked === null || picked.kind === 'object' ? -1 : nodes.indexOf(picked);
  const selected =
    groupPosition > 0
      ? groupPosition
      : nodes.findIndex(node => node.kind === 'object' && node.object === selection?.object);

  const go = (source: TreemapSource) => {
    setPicked(null);
    navigate({ ...view, source });
  };
  const selectTile = async (node: TreeNode) => {
    setPicked(node);
    if (node.kind !== 'object' || node.object === null || !snapshot) return;
    const [row] = await service.ask('rows', { snapshot: snapshot.id, objects: [node.object] });
    if (row) select({ object: row.index, address: row.address });
  };
  const narrowTo = async (set: ObjectSetSpec) => {
    if (set.kind !== 'dominatedBy') {
      narrow(chipFor(set));
      return;
    }
    if (!snapshot) return;
    // A link can name the set by the object's address.
    const [row] = await service.ask('rows', { snapshot: snapshot.id, objects: [set.object] });
    if (row) narrow(chipFor(retainedBy(row.address), picked ? `retained by ${tileName(picked)}` : ''));
  };
  const holdersOf = (node: TreeNode): (() => void) | null => {
    if (view.source.by === 'holders') return null;
    // The step of the holder tree for the objects of a class.
    const step = `objects:${node.label}`;
    if (node.kind === 'object' || node.kind === 'merged') return () => go({ by: 'holders', path: [step] });
    const { set } = node;
    if (node.kind !== 'group' || set === null) return null;
    return () => {
      setPicked(null);
      drillInto(chipFor(set), { ...view, source: { by: 'holders', path: [] } });
    };
  };
  const pick = (position: number) => {
    const node = nodes[position];
    if (node) void selectTile(node);
  };
  /** The source that shows the inside of a tile. */
  const contentRect = (position: number): TreemapSource | null => {
    const node = nodes[position];
    if (!shown || !node || position === 0) return null;
    if (!node.more && childrenOf(shown.tree, position).length === 0) return null;
    return sourceOfTile(
      shown.source,
      pathTo(shown.tree, position).map(at => nodes[at]!),
    );
  };
  return {
    picked,
    canEnterPicked: selected > 0 && contentRect(selected) !== null,
    selected,
    go,
    goUp() {
      const outer = crumbs.at(-2);
      if (outer) go(outer.source);
    },
    pick,
    drill(position) {
      const inside = contentRect(position);
      if (inside) go(inside);
      else pick(position);
    },
    narrowTo(set) {
      void narrowTo(set);
    },
    showHolders: picked === null ? null : holdersOf(picked),
  };
}
