import { useState } from 'react';
import type { ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import type { TreeNode } from '../../../workers/protocol/rows.ts';
import { tileName } from '../../charts/treemap/labels.ts';
import { childrenOf, pathTo } from '../../charts/treemap/summarise.ts';
import { useSession } from '../../session/session.ts';
import { chipFor } from '../../state/chips.ts';
import type { TreemapSource, ViewOf } from '../../state/navigation.ts';
import { useActiveSnapshot, useApp, useAppStore } from '../../state/use-app.ts';
import type { Crumb } from './Breadcrumbs.tsx';
import { sourceInside } from './sources.ts';
import type { ShownTree } from './use-tree.ts';

/** What can be done in a treemap: going in and out, picking a tile, narrowing by it. */
export interface TreemapActions {
  /** The tile that was clicked last, as long as the same treemap is shown. */
  picked: TreeNode | null;
  /** What drilling into it shows: its inside, or (of a rest of the whole) everything by class; null = nothing. */
  pickedOpens: 'inside' | 'classes' | null;
  /** Its position, or that of the selected object; -1 if it has no tile. */
  selected: number;
  go(source: TreemapSource): void;
  goOut(): void;
  /** Marks a tile; an object's goes to the inspector too. */
  pick(position: number): void;
  /** Goes into a tile; where there is nothing inside, picks it. A rest opens by what it is a part of. */
  drill(position: number): void;
  narrowTo(set: ObjectSetSpec): void;
}

export function useTreemapActions(
  view: ViewOf<'treemap'>,
  shown: ShownTree | null,
  crumbs: readonly Crumb[],
): TreemapActions {
  const { service } = useSession();
  const snapshot = useActiveSnapshot();
  const selection = useApp(state => state.selection);
  const { navigate, select, narrow } = useAppStore().getState();
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
  const pick = (position: number) => {
    const node = nodes[position];
    if (node) void selectTile(node);
  };
  /** What going into a tile shows. A rest has no inside of its own: inside its whole there is more room for it. */
  const insideOf = (start: number): TreemapSource | null => {
    const position = nodes[start]?.kind === 'remainder' ? nodes[start].parent : start;
    const node = nodes[position];
    if (!shown || !node || position === 0) return null;
    if (!node.more && childrenOf(shown.tree, position).length === 0) return null;
    return sourceInside(
      shown.source,
      pathTo(shown.tree, position).map(at => nodes[at]!),
    );
  };
  /** What is too small to be drawn one by one can be seen by class. */
  const listByClass = () => {
    const { source } = view;
    if (source.by === 'groups') return;
    if (source.root.kind === 'object') {
      narrow(chipFor({ kind: 'dominatedBy', object: source.root.object }, crumbs.at(-1)?.name));
    }
    go({ by: 'groups', keys: ['class', 'site'], path: [] });
  };
  const opens = () => {
    if (selected <= 0) return null;
    if (insideOf(selected) !== null) return 'inside';
    return picked?.kind === 'remainder' && view.source.by === 'dominators' ? 'classes' : null;
  };
  return {
    picked,
    pickedOpens: opens(),
    selected,
    go,
    goOut() {
      const outer = crumbs.at(-2);
      if (outer) go(outer.source);
    },
    pick,
    drill(position) {
      const inside = insideOf(position);
      if (inside) go(inside);
      else if (nodes[position]?.kind === 'remainder') listByClass();
      else pick(position);
    },
    narrowTo(set) {
      narrow(chipFor(set, picked ? tileName(picked) : undefined));
    },
  };
}
