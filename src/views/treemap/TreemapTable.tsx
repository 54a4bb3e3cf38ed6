import { useMemo } from 'react';
import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import { tileName, wholePath } from '../../charts/treemap/labels.ts';
import { childrenOf, type TreemapTree } from '../../charts/treemap/summarise.ts';
import { formatBytes, formatExactBytes } from '../../format/bytes.ts';
import { formatCount, shareOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { Name, TypeDot } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { sourceOfRows } from '../../widgets/table/row-window.ts';
import { VirtualTable } from '../../widgets/table/VirtualTable.tsx';
import { CopiedTable } from '../chart-view/CopiedTable.tsx';
import { NothingMatches } from '../shared/NothingMatches.tsx';
import styles from './Treemap.module.css';

export interface TileRow {
  position: number;
  /** The tile itself, since rows of the previous tree are still shown while the new tree is loading. */
  node: TreeNode;
  level: number;
}

/** Maximum level of indentation. */
export const MAX_INDENT = 16;

/** The tiles of a treemap as rows, each below its parent. */
export function TreemapTable(props: {
  label: string;
  tree: TreemapTree;
  treeKey: string;
  areaName: string;
  isRetained: boolean;
  selected: number;
  onOpen: (position: number) => void;
}) {
  const { tree, treeKey, areaName, isRetained, selected, onOpen } = props;
  const rows = useMemo(() => tilesInPreorder(tree), [tree]);
  const columns = useMemo(() => columnsOf(tree, areaName, isRetained), [tree, areaName, isRetained]);
  const source = sourceOfRows(`${treeKey} ${rows.length}`, rows);
  return (
    <CopiedTable columns={columns} source={source}>
      <VirtualTable
        label={props.label}
        columns={columns}
        source={source}
        isSelected={row => row.position === selected}
        onOpen={row => onOpen(row.position)}
        empty={<NothingMatches />}
      />
    </CopiedTable>
  );
}

/**
 * All tiles except the root, each before its descendants. Uses an explicit stack, since a tree can be as deep as it has
 * nodes.
 */
export function tilesInPreorder(tree: TreemapTree): TileRow[] {
  const rows: TileRow[] = [];
  const stack = [...childrenOf(tree, 0)].reverse();
  for (let position = stack.pop(); position !== undefined; position = stack.pop()) {
    rows.push({ position, node: tree.nodes[position]!, level: tree.depth[position]! - 1 });
    stack.push(...childrenOf(tree, position).toReversed());
  }
  return rows;
}

function columnsOf(tree: TreemapTree, areaName: string, isRetained: boolean): Column<TileRow>[] {
  const whole = tree.nodes[0]?.bytes ?? 0;
  const isCounts = tree.formatSize !== formatBytes;
  const sizeOf = (node: TreeNode) => (isCounts ? formatCount(node.bytes) : formatExactBytes(node.bytes));
  const hasGenerations = tree.nodes.some(node => node.generation !== null);
  const columns: Column<TileRow>[] = [
    {
      id: 'name',
      header: 'Tile',
      width: 'minmax(280px, 1fr)',
      cell: row => (
        <span className={styles.tile} style={{ paddingLeft: Math.min(row.level, MAX_INDENT) * 12 }}>
          <TypeDot of={row.node} />
          <span title={oneLine(wholePath(row.node) ?? '')}>
            <Name text={tileName(row.node)} />
          </span>
          {row.node.isHolder && <span className={styles.quiet}>holds members</span>}
        </span>
      ),
      text: row => wholePath(row.node) ?? tileName(row.node),
    },
    {
      id: 'bytes',
      header: areaName,
      term: isCounts ? 'objects' : isRetained ? 'retainedBytes' : 'shallowBytes',
      align: 'end',
      width: '150px',
      cell: row => <span title={sizeOf(row.node)}>{tree.formatSize(row.node.bytes)}</span>,
      share: row => shareOf(row.node.bytes, whole),
      text: row => String(row.node.bytes),
    },
    {
      id: 'objects',
      header: 'Objects',
      term: 'objects',
      align: 'end',
      width: '100px',
      cell: row => (row.node.objects > 0 ? formatCount(row.node.objects) : ''),
      text: row => String(row.node.objects),
    },
  ];
  const generation: Column<TileRow> = {
    id: 'generation',
    header: 'Generation',
    term: 'generation',
    align: 'end',
    width: '100px',
    cell: row => row.node.generation ?? '',
    text: row => String(row.node.generation ?? ''),
  };
  // If areas are counts, the size column already shows the count.
  const shown = isCounts ? columns.filter(({ id }) => id !== 'objects') : columns;
  return hasGenerations ? [...shown, generation] : shown;
}
