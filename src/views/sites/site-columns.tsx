import { placeOf } from '../../../workers/protocol/origin.ts';
import type { GroupRow } from '../../../workers/protocol/rows.ts';
import type { Bytes as ByteCount } from '../../../workers/protocol/units.ts';
import { formatCount, formatCountOf, shareOf } from '../../format/counts.ts';
import { Button } from '../../widgets/Button.tsx';
import { Bytes, Count, Name } from '../../widgets/figures.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { TreeCell } from '../../widgets/table/TreeCell.tsx';
import type { TreeRow } from '../../widgets/table/use-tree-rows.ts';
import type { TreeOfRows } from '../../widgets/table/VirtualTable.tsx';
import type { SiteRow } from './levels.ts';
import styles from './SitesView.module.css';

/** The columns of the allocation sites; shares are of the whole heap. */
export function siteColumns(props: {
  heapBytes: ByteCount;
  /** The application's directory. */
  root: string;
  tree: TreeOfRows<TreeRow<SiteRow>>;
  onShow: (path: readonly SiteRow[]) => void;
}): Column<TreeRow<SiteRow>>[] {
  const { heapBytes, root, tree, onShow } = props;
  const groupOf = ({ row }: TreeRow<SiteRow>): GroupRow | null => (row.kind === 'group' ? row.group : null);
  const bytes = (
    name: 'shallowBytes' | 'retainedBytes',
  ): Omit<Column<TreeRow<SiteRow>>, 'header' | 'term'> => ({
    id: name,
    align: 'end',
    width: '108px',
    sort: name,
    cell: row => {
      const group = groupOf(row);
      return group === null ? null : <Bytes value={group[name]} />;
    },
    share: row => shareOf(groupOf(row)?.[name] ?? 0, heapBytes),
    text: row => String(groupOf(row)?.[name] ?? ''),
  });
  return [
    {
      id: 'name',
      header: 'Origin › gem › directory › file › line › method',
      term: 'site',
      width: 'minmax(260px, 860px)',
      cell: (row, fittingChars) => (
        <TreeCell level={tree.levelOf(row)} isOpen={tree.isOpen(row)}>
          {row.row.kind === 'rest' ? (
            <span className={styles.quiet}>{nameOf(row.row, root)}</span>
          ) : (
            <span title={row.row.group.label ?? ''}>
              <Name text={nameOf(row.row, root)} maxLength={fittingChars - 4 - tree.levelOf(row) * 2} />
            </span>
          )}
        </TreeCell>
      ),
      text: ({ row, above }) =>
        [...above.filter(({ kind }) => kind === 'group'), row]
          .map(each => fullNameOf(each, root))
          .join(' › '),
    },
    {
      id: 'objects',
      header: 'Objects',
      term: 'objects',
      align: 'end',
      width: '88px',
      sort: 'objects',
      cell: row => {
        const group = groupOf(row);
        return group === null ? null : <Count value={group.objects} />;
      },
      text: row => String(groupOf(row)?.objects ?? ''),
    },
    { ...bytes('shallowBytes'), header: 'Shallow', term: 'shallowBytes' },
    { ...bytes('retainedBytes'), header: 'Retained', term: 'groupRetainedBytes' },
    {
      id: 'age',
      header: 'Mean age',
      term: 'meanAge',
      align: 'end',
      width: '88px',
      cell: row => {
        const age = groupOf(row)?.meanAge ?? null;
        return age === null ? '' : formatAge(age);
      },
      text: row => String(groupOf(row)?.meanAge ?? ''),
    },
    {
      id: 'show',
      header: 'Show',
      width: '64px',
      cell: ({ row, above }) =>
        row.kind === 'rest' ? null : (
          <Button
            look="link"
            aria-label={`Show the objects of ${nameOf(row, root)}`}
            onClick={event => {
              event.stopPropagation();
              onShow([...above, row]);
            }}
          >
            Show
          </Button>
        ),
      text: () => '',
    },
  ];
}

function formatAge(age: number): string {
  return age >= 100 ? formatCount(Math.round(age)) : age.toFixed(1);
}

/** The part of a row's name that its parent does not contain: only the line, only the file name. */
function nameOf(row: SiteRow, root: string): string {
  if (row.kind === 'rest') return `${formatCountOf(row.groups, 'smaller group')}`;
  const { key, group } = row;
  if (group.label === null) return key === 'method' ? 'no method' : 'untraced';
  switch (key) {
    case 'site':
      return `line ${group.label.slice(group.label.lastIndexOf(':') + 1)}`;
    case 'file':
      return group.label.slice(group.label.lastIndexOf('/') + 1);
    case 'directory':
      return directoryName(group.label, root);
    default:
      return group.label;
  }
}

/** A directory within the application, the gem or Ruby. */
function directoryName(directory: string, root: string): string {
  if (directory === '.') return '(no directory)';
  const { path } = placeOf(`${directory}/.`, root);
  return path === '.' ? '(top directory)' : path.replace(/\/\.$/, '');
}

function fullNameOf(row: SiteRow, root: string): string {
  return row.kind === 'group' && (row.key === 'file' || row.key === 'directory')
    ? (row.group.label ?? nameOf(row, root))
    : nameOf(row, root);
}
