import { useMemo, useState } from 'react';
import type { Neighbour, NeighbourGroup, ObjectRow } from '../../../workers/protocol/rows.ts';
import { useSession } from '../../session/session.ts';
import { chipFor } from '../../state/chips.ts';
import { defaultView } from '../../state/navigation.ts';
import { neighboursOf } from '../../state/set-text.ts';
import { useActiveSnapshot, useAppStore } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Name, TypeDot } from '../../widgets/figures.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { TreeCell } from '../../widgets/table/TreeCell.tsx';
import { useTreeRows } from '../../widgets/table/use-tree-rows.ts';
import { useExcerpts } from '../objects/use-excerpts.ts';
import { InspectorTable } from './InspectorTable.tsx';
import { edgeCell, edgeOf, neighbourCell, retainedCell } from './neighbour-cells.tsx';
import { type NeighbourRow, neighbourRowId, neighbourRowName, neighbourRows } from './neighbour-rows.ts';

/** Maximum number of rows listed at a time; a row for the rest lists more. */
const MAX_ROWS = 200;

/** The references or referrers of an object by class, the largest first; a class opens to its objects. */
export function NeighbourGroups(props: {
  object: ObjectRow;
  direction: 'references' | 'referrers';
  title: string;
  onSelect: (object: ObjectRow) => void;
}) {
  const { object, direction, title, onSelect } = props;
  const { service } = useSession();
  const snapshot = useActiveSnapshot();
  const { setChips, navigate } = useAppStore().getState();
  const [visible, setVisible] = useState<readonly Neighbour[]>([]);
  const excerpts = useExcerpts(useMemo(() => visible.map(neighbour => neighbour.object), [visible]));
  const id = snapshot?.id ?? -1;
  const { source, tree, error } = useTreeRows<NeighbourRow>({
    key: `${id} ${snapshot?.referencesOnly} ${object.index} ${direction}`,
    async load(path) {
      const last = path.at(-1);
      const offset = last?.kind === 'rest' ? last.skip : 0;
      const query = { snapshot: id, object: object.index, direction, offset, limit: MAX_ROWS };
      const group = groupOf(path);
      if (group === null) {
        const groups = await service.ask('neighbourGroups', query);
        return neighbourRows(groups, each => ({ kind: 'group', group: each }));
      }
      const members = await service.ask('neighbours', { ...query, label: group.label });
      return neighbourRows(members, neighbour => ({ kind: 'object', neighbour }));
    },
    nameOf: neighbourRowId,
    opens: row => row.kind !== 'object',
  });
  // Instead of the current set, which may have none of these objects.
  const show = ({ label }: NeighbourGroup) => {
    const sets = [neighboursOf(object.address, direction), { kind: 'group', key: 'class', label } as const];
    setChips([chipFor({ kind: 'and', sets })]);
    navigate(defaultView('objects'));
  };
  return (
    <>
      {error && (
        <Notice tone="danger">
          The {direction} could not be read: {error.message}
        </Notice>
      )}
      <InspectorTable
        rows={source.rows?.length ?? 0}
        label={title}
        source={source}
        tree={tree}
        onVisible={rows =>
          setVisible(rows.flatMap(({ row }) => (row.kind === 'object' ? [row.neighbour] : [])))
        }
        onOpen={opened =>
          opened.row.kind === 'object' ? onSelect(opened.row.neighbour.object) : tree.toggle(opened)
        }
        empty={null}
        columns={[
          {
            id: 'object',
            header: 'Class and object',
            width: 'minmax(150px, 1fr)',
            cell: (treeRow, fittingChars) => {
              const { row } = treeRow;
              const level = tree.levelOf(treeRow);
              const room = fittingChars - 3 - 2 * level;
              return (
                <TreeCell level={level} isOpen={tree.isOpen(treeRow)}>
                  {row.kind === 'group' && <TypeDot of={row.group} />}
                  {row.kind === 'object' ? (
                    neighbourCell(row.neighbour, excerpts, room)
                  ) : (
                    <Name text={neighbourRowName(row)} maxLength={room} />
                  )}
                </TreeCell>
              );
            },
            text: ({ row }) =>
              row.kind === 'object'
                ? `${row.neighbour.object.label} ${row.neighbour.object.title} ${row.neighbour.object.address}`
                : neighbourRowName(row),
          },
          {
            id: 'by',
            header: 'By',
            width: 'minmax(72px, 0.4fr)',
            cell: ({ row }, fittingChars) =>
              row.kind === 'object' ? (
                edgeCell(row.neighbour, fittingChars)
              ) : row.kind === 'group' ? (
                <Button
                  look="link"
                  aria-label={`Show the ${row.group.label} in Objects`}
                  onClick={event => {
                    event.stopPropagation();
                    show(row.group);
                  }}
                >
                  Show
                </Button>
              ) : null,
            text: ({ row }) => (row.kind === 'object' ? edgeOf(row.neighbour) : ''),
          },
          {
            id: 'retained',
            header: 'Retained',
            term: 'retainedBytes',
            align: 'end',
            width: '84px',
            cell: ({ row }) =>
              row.kind === 'rest'
                ? null
                : retainedCell(row.kind === 'group' ? row.group : row.neighbour.object),
            text: ({ row }) =>
              row.kind === 'rest'
                ? ''
                : String((row.kind === 'group' ? row.group : row.neighbour.object).retainedBytes),
          },
        ]}
      />
    </>
  );
}

/** The group that the children of a path belong to; null for the groups themselves. */
function groupOf(path: readonly NeighbourRow[]): NeighbourGroup | null {
  const row = path.find(each => each.kind === 'group');
  return row?.kind === 'group' ? row.group : null;
}
