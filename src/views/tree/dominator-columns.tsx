import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import type { Bytes as ByteCount } from '../../../workers/protocol/units.ts';
import { tileName } from '../../charts/treemap/labels.ts';
import { formatCount, shareOf } from '../../format/counts.ts';
import { Button } from '../../widgets/Button.tsx';
import { Bytes, Name, TypeDot } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { TreeCell } from '../../widgets/table/TreeCell.tsx';
import type { TreeRow } from '../../widgets/table/use-tree-rows.ts';
import type { TreeOfRows } from '../../widgets/table/VirtualTable.tsx';

/** The columns of the dominator tree; shares are of the whole heap without the allocation tracer. */
export function dominatorColumns(props: {
  heapBytes: ByteCount;
  tree: TreeOfRows<TreeRow<TreeNode>>;
  onShow: (node: TreeNode) => void;
}): Column<TreeRow<TreeNode>>[] {
  const { heapBytes, tree, onShow } = props;
  return [
    {
      id: 'name',
      header: 'What retains',
      term: 'dominatorTree',
      width: 'minmax(280px, 1fr)',
      cell: (row, fittingChars) => (
        <TreeCell level={tree.levelOf(row)} isOpen={tree.isOpen(row)}>
          <TypeDot of={row.row} />
          <Name text={tileName(row.row)} maxLength={fittingChars - 6 - tree.levelOf(row) * 2} />
        </TreeCell>
      ),
      text: ({ row, above }) => [...above, row].map(tileName).join(' › '),
    },
    {
      id: 'bytes',
      header: 'Retained',
      term: 'retainedBytes',
      align: 'end',
      width: '112px',
      cell: ({ row }) => <Bytes value={row.bytes} />,
      share: ({ row }) => shareOf(row.bytes, heapBytes),
      text: ({ row }) => String(row.bytes),
    },
    {
      id: 'own',
      header: 'Shallow',
      term: 'shallowBytes',
      align: 'end',
      width: '96px',
      cell: ({ row }) => (row.shallowBytes > 0 ? <Bytes value={row.shallowBytes} /> : ''),
      text: ({ row }) => String(row.shallowBytes),
    },
    {
      id: 'objects',
      header: 'Objects',
      term: 'objects',
      align: 'end',
      width: '96px',
      cell: ({ row }) => (row.objects > 0 ? formatCount(row.objects) : ''),
      text: ({ row }) => String(row.objects),
    },
    {
      id: 'show',
      header: 'Show',
      width: '64px',
      cell: ({ row }) =>
        row.set === null ? null : (
          <Button
            look="link"
            aria-label={`Show the objects of ${tileName(row)}`}
            onClick={event => {
              event.stopPropagation();
              onShow(row);
            }}
          >
            Show
          </Button>
        ),
      text: () => '',
    },
  ];
}
