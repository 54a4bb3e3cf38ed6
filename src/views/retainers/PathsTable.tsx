import { ChevronDown, ChevronRight, CircleDot } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { PathNode } from '../../../workers/protocol/paths.ts';
import { formatCount, shareOf } from '../../format/counts.ts';
import { Bytes, Count, Name, TypeDot } from '../../widgets/figures.tsx';
import type { Column, Sorting } from '../../widgets/table/columns.ts';
import { sourceOfRows } from '../../widgets/table/row-window.ts';
import { VirtualTable } from '../../widgets/table/VirtualTable.tsx';
import { CopiedTable } from '../chart-view/CopiedTable.tsx';
import { NothingMatches } from '../shared/NothingMatches.tsx';
import { pathNodeName, type ShownPaths } from './path-nodes.ts';
import styles from './RetainersView.module.css';

interface PathRow {
  at: number;
  node: PathNode;
  level: number;
  /** null = it has no children. */
  open: boolean | null;
}

interface PathsTableProps {
  paths: ShownPaths;
  open: ReadonlySet<string>;
  selected: number | null;
  onOpen(at: number): void;
}

/** Maximum level of indentation. */
const MAX_INDENT = 20;

/** Merged paths as a tree table: a row is opened and closed by a click or Enter. */
export function PathsTable({ paths, open, selected, onOpen }: PathsTableProps) {
  const [sorting, setSorting] = useState<Sorting>({ key: 'objects', descending: true });
  const rows = useMemo(() => visibleRows(paths, open, sorting), [paths, open, sorting]);
  const columns = useMemo(() => columnsOf(paths), [paths]);
  const source = sourceOfRows(`${paths.keys.length} ${sorting.key} ${sorting.descending}`, rows);
  return (
    <CopiedTable columns={columns} source={source}>
      <VirtualTable
        label="Paths, merged by class"
        columns={columns}
        sorting={sorting}
        onSort={setSorting}
        source={source}
        isSelected={row => row.node.object !== null && row.node.object === selected}
        onOpen={row => onOpen(row.at)}
        empty={<NothingMatches />}
      />
    </CopiedTable>
  );
}

/** The rows below open nodes, with siblings in the requested order. Uses an explicit stack, since paths can be long. */
function visibleRows(
  { nodes, children, keys }: ShownPaths,
  open: ReadonlySet<string>,
  sorting: Sorting,
): PathRow[] {
  const rows: PathRow[] = [];
  const sorted = (siblings: readonly number[]) =>
    siblings.toSorted((a, b) => order(nodes[a]!, nodes[b]!, sorting));
  const stack = sorted(children[0] ?? [])
    .map(at => ({ at, level: 0 }))
    .reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { at, level } = next;
    const below = children[at]!;
    const isOpen = below.length === 0 ? null : open.has(keys[at]!);
    rows.push({ at, node: nodes[at]!, level, open: isOpen });
    if (!isOpen) continue;
    for (const child of sorted(below).reverse()) stack.push({ at: child, level: level + 1 });
  }
  return rows;
}

/** The node for smaller branches comes last in every order. */
function order(a: PathNode, b: PathNode, { key, descending }: Sorting): number {
  if ((a.kind === 'remainder') !== (b.kind === 'remainder')) return a.kind === 'remainder' ? 1 : -1;
  const sign = descending ? -1 : 1;
  if (key === 'name') return sign * NAMES.compare(pathNodeName(a), pathNodeName(b));
  const measure = key === 'retained' ? 'retainedBytes' : key === 'holders' ? 'holders' : 'objects';
  return sign * (a[measure] - b[measure]);
}

const NAMES = new Intl.Collator('en', { numeric: true });

function columnsOf({ nodes }: ShownPaths): Column<PathRow>[] {
  const whole = nodes[0];
  return [
    {
      id: 'name',
      header: 'Path',
      sort: 'name',
      width: 'minmax(280px, 1fr)',
      cell: (row, fittingChars) => (
        <PathName row={row} maxLength={Math.max(16, fittingChars - row.level * 2 - 4)} />
      ),
      text: row => `${'  '.repeat(row.level)}${pathNodeName(row.node)}`,
    },
    {
      id: 'objects',
      header: 'Of the set',
      term: 'objectsBehind',
      sort: 'objects',
      align: 'end',
      width: '110px',
      cell: row => <Count value={row.node.objects} />,
      share: row => shareOf(row.node.objects, whole?.objects ?? 0),
      text: row => String(row.node.objects),
    },
    {
      id: 'retained',
      header: 'Retained',
      term: 'retainedBehind',
      sort: 'retained',
      align: 'end',
      width: '120px',
      cell: row => <Bytes value={row.node.retainedBytes} />,
      share: row => shareOf(row.node.retainedBytes, whole?.retainedBytes ?? 0),
      text: row => String(row.node.retainedBytes),
    },
    {
      id: 'holders',
      header: 'Holders',
      term: 'pathHolders',
      sort: 'holders',
      align: 'end',
      width: '90px',
      cell: row => (row.node.kind === 'remainder' ? '' : formatCount(row.node.holders)),
      text: row => String(row.node.holders),
    },
  ];
}

function PathName({ row, maxLength }: { row: PathRow; maxLength: number }) {
  const { node, level, open } = row;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <span className={styles.pathName} style={{ paddingLeft: Math.min(level, MAX_INDENT) * 14 }}>
      {open === null ? (
        <span className={styles.noChevron} />
      ) : (
        <Chevron size={14} role="img" aria-label={open ? 'open' : 'closed'} />
      )}
      <TypeDot of={node} />
      <Name text={pathNodeName(node)} maxLength={maxLength} />
      {node.isPoint && (
        <CircleDot
          size={14}
          role="img"
          aria-label="many of the set come together here"
          className={styles.point ?? ''}
        />
      )}
      {node.members > 0 && <span className={styles.members}>of the set</span>}
    </span>
  );
}
