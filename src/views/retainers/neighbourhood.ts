import type { Neighbour, ObjectRow, Window } from '../../../workers/protocol/rows.ts';
import type { Count, ObjectIndex } from '../../../workers/protocol/units.ts';
import {
  type GraphBox,
  type GraphLine,
  MAX_BOXES,
  type ObjectGraph,
} from '../../charts/object-graph/graph.ts';
import { edgeText } from '../../charts/retainer-path/path-text.ts';
import { formatBytes } from '../../format/bytes.ts';
import { shareOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { objectText } from '../../widgets/ObjectName.tsx';

export type NeighbourDirection = 'references' | 'referrers';

/** An object that is drawn, and what was asked of its neighbours. */
export interface Neighbourly {
  row: ObjectRow;
  /** How many there are, and how many were asked for. */
  references: { total: Count; asked: Count } | null;
  referrers: { total: Count; asked: Count } | null;
}

/** An instance graph that grows from one object: what is drawn, and how these refer to each other. */
export interface Neighbourhood {
  objects: ReadonlyMap<ObjectIndex, Neighbourly>;
  /** By source and target. */
  edges: ReadonlyMap<string, { source: ObjectIndex; target: ObjectIndex; neighbour: Neighbour }>;
}

export function neighbourhoodOf(row: ObjectRow): Neighbourhood {
  return { objects: new Map([[row.index, { row, references: null, referrers: null }]]), edges: new Map() };
}

/** The graph with more neighbours of an object, as many as can be drawn. */
export function withNeighbours(
  before: Neighbourhood,
  of: ObjectIndex,
  direction: NeighbourDirection,
  { total, offset, rows }: Window<Neighbour>,
): Neighbourhood {
  const own = before.objects.get(of);
  if (own === undefined) return before;
  const objects = new Map(before.objects);
  const edges = new Map(before.edges);
  let asked = offset;
  for (const neighbour of rows) {
    const { object: row } = neighbour;
    if (!objects.has(row.index) && objects.size >= MAX_BOXES) break;
    if (!objects.has(row.index)) objects.set(row.index, { row, references: null, referrers: null });
    const [source, target] = direction === 'references' ? [of, row.index] : [row.index, of];
    edges.set(`${source} ${target}`, { source, target, neighbour });
    asked++;
  }
  objects.set(of, { ...own, [direction]: { total, asked } });
  return { objects, edges };
}

export function boxIdOf(object: ObjectIndex): string {
  return `object ${object}`;
}

/** As a graph to draw. `start` is ringed. */
export function neighbourhoodGraph({ objects, edges }: Neighbourhood, start: ObjectIndex): ObjectGraph {
  const largest = Math.max(1, ...[...objects.values()].map(({ row }) => row.retainedBytes));
  return {
    boxes: [...objects.values()].map(({ row, references }): GraphBox => {
      const { label, title } = row;
      const name = oneLine(row.isNamed && title !== '' ? `${title} (${label})` : `${label} ${title}`.trim());
      const left = references === null ? null : references.total - references.asked;
      return {
        id: boxIdOf(row.index),
        kind: 'objects',
        name,
        count: '',
        figures: `${formatBytes(row.retainedBytes)} · ${row.address}`,
        description: `${name} ${row.address}, ${formatBytes(row.retainedBytes)} retained`,
        family: row.family,
        share: shareOf(row.retainedBytes, largest),
        isPoint: row.index === start,
        isMember: false,
        handle: left === 0 ? null : { opens: true, hidden: left ?? 0 },
      };
    }),
    lines: [...edges].map(([id, { source, target, neighbour }]): GraphLine => {
      const through = edgeText({ ...neighbour, omittedBefore: 0 });
      const names = [source, target].map(each => oneLine(objectText(objects.get(each)!.row)));
      return {
        id,
        from: boxIdOf(source),
        to: boxIdOf(target),
        share: 0.02,
        name: neighbour.name ?? (neighbour.kind === 'reference' ? '' : neighbour.noun),
        description: `${names[0]} ${through} ${names[1]}`,
      };
    }),
  };
}
