import { useMemo } from 'react';
import type { WeightInfo } from '../../../workers/protocol/profile-questions.ts';
import { tileName } from '../../charts/treemap/labels.ts';
import type { TreemapTree } from '../../charts/treemap/summarise.ts';
import { formatAmount, formatExactAmount } from '../../format/amounts.ts';
import { shareOf } from '../../format/counts.ts';
import { Name } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { sourceOfRows } from '../../widgets/table/row-window.ts';
import { VirtualTable } from '../../widgets/table/VirtualTable.tsx';
import { CopiedTable } from '../chart-view/CopiedTable.tsx';
import { MAX_INDENT, type TileRow, tilesInPreorder } from '../treemap/TreemapTable.tsx';

/** The frames or tiles of a profile's tree as rows, each below its parent. */
export function ProfileTreeTable(props: {
  label: string;
  tree: TreemapTree;
  treeKey: string;
  weight: WeightInfo;
  isComparison: boolean;
  onOpen: (position: number) => void;
}) {
  const { label, tree, treeKey, weight, isComparison, onOpen } = props;
  const rows = useMemo(() => tilesInPreorder(tree), [tree]);
  const columns = [...columnsOf(tree, weight), ...(isComparison ? comparedColumns(weight) : [])];
  const source = sourceOfRows(`${treeKey} ${rows.length}`, rows);
  return (
    <CopiedTable columns={columns} source={source}>
      <VirtualTable
        label={label}
        columns={columns}
        source={source}
        onOpen={row => onOpen(row.position)}
        empty={<p>Nothing is inside this.</p>}
      />
    </CopiedTable>
  );
}

function columnsOf(tree: TreemapTree, { label, unit }: WeightInfo): Column<TileRow>[] {
  const whole = tree.nodes[0]?.bytes ?? 0;
  return [
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(280px, 1fr)',
      cell: (row, fittingChars) => (
        <span style={{ paddingLeft: Math.min(row.level, MAX_INDENT) * 12 }}>
          <Name text={tileName(row.node)} maxLength={fittingChars} />
        </span>
      ),
      text: row => tileName(row.node),
    },
    {
      id: 'library',
      header: 'Library',
      width: '160px',
      cell: (row, fittingChars) => <Name text={row.node.library ?? ''} maxLength={fittingChars} />,
      text: row => row.node.library ?? '',
    },
    ...(tree.nodes.some(node => node.remark !== undefined)
      ? [
          {
            id: 'remark',
            header: 'Note',
            width: 'minmax(160px, 0.6fr)',
            cell: (row: TileRow, fittingChars?: number) => (
              <Name text={row.node.remark ?? ''} maxLength={fittingChars ?? 40} />
            ),
            text: (row: TileRow) => row.node.remark ?? '',
          },
        ]
      : []),
    {
      id: 'weight',
      header: label,
      align: 'end',
      width: '170px',
      cell: row => (
        <span title={formatExactAmount(row.node.bytes, unit)}>{formatAmount(row.node.bytes, unit)}</span>
      ),
      share: row => shareOf(row.node.bytes, whole),
      text: row => String(row.node.bytes),
    },
  ];
}

function comparedColumns({ unit }: WeightInfo): Column<TileRow>[] {
  const figure = (
    header: string,
    of: (compared: { before: number; after: number }) => number,
  ): Column<TileRow> => ({
    id: header,
    header,
    align: 'end',
    width: '130px',
    cell: ({ node }) => (node.compared ? formatAmount(of(node.compared), unit) : ''),
    text: ({ node }) => (node.compared ? String(of(node.compared)) : ''),
  });
  return [
    figure('Before', ({ before }) => before),
    figure('Now', ({ after }) => after),
    figure('Change', ({ before, after }) => after - before),
  ];
}
