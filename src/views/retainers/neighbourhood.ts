import type { Exclusion, ReferenceEnd } from '../../../workers/protocol/exclusions.ts';
import type { ClassNeighbour, GroupRow, Neighbour, ObjectRow } from '../../../workers/protocol/rows.ts';
import type { Count } from '../../../workers/protocol/units.ts';
import {
  type GraphBox,
  type GraphLine,
  MAX_BOXES,
  type ObjectGraph,
} from '../../charts/object-graph/graph.ts';
import { edgeText } from '../../charts/retainer-path/path-text.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf, shareOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { objectText } from '../../widgets/ObjectName.tsx';
import { withoutOwnName } from './paths-graph.ts';

export type NeighbourDirection = 'references' | 'referrers';

/** What a box represents: one object, or all objects of a class. */
export type Item = { kind: 'object'; row: ObjectRow } | { kind: 'class'; group: GroupRow };

/** How a box was found as the neighbour of another. */
export type Found = {
  item: Item;
  by: { kind: 'object'; neighbour: Neighbour } | { kind: 'class'; references: Count };
};

/** Neighbours in one direction: their number, and how many of them were requested. */
interface Asked {
  total: Count;
  asked: Count;
}

/** A visible box, and the state of its neighbours. */
export interface NeighbourhoodBox extends Record<NeighbourDirection, Asked | null> {
  item: Item;
}

/** A graph that grows from one object or class: its boxes and lines, by id. */
export interface Neighbourhood {
  boxes: ReadonlyMap<string, NeighbourhoodBox>;
  /** By id. */
  lines: ReadonlyMap<string, { from: string; to: string; by: Found['by'] }>;
}

export function neighbourhoodOf(item: Item): Neighbourhood {
  return { boxes: new Map([[boxIdOf(item), { item, references: null, referrers: null }]]), lines: new Map() };
}

export function boxIdOf(item: Item): string {
  return item.kind === 'object' ? `object ${item.row.index}` : `class ${item.group.label ?? ''}`;
}

export function foundObjects(rows: readonly Neighbour[]): Found[] {
  return rows.map(neighbour => ({
    item: { kind: 'object', row: neighbour.object },
    by: { kind: 'object', neighbour },
  }));
}

export function foundClasses(rows: readonly ClassNeighbour[]): Found[] {
  return rows.map(({ group, references }) => ({
    item: { kind: 'class', group },
    by: { kind: 'class', references },
  }));
}

/** The graph with more neighbours of a box, from `offset` on, as many as can be drawn. */
export function withNeighbours(
  before: Neighbourhood,
  of: string,
  direction: NeighbourDirection,
  { total, offset, found }: { total: Count; offset: number; found: readonly Found[] },
): Neighbourhood {
  const own = before.boxes.get(of);
  if (own === undefined) return before;
  const boxes = new Map(before.boxes);
  const lines = new Map(before.lines);
  let asked = offset;
  for (const { item, by } of found) {
    const id = boxIdOf(item);
    if (!boxes.has(id)) {
      if (boxes.size >= MAX_BOXES) break;
      boxes.set(id, { item, references: null, referrers: null });
    }
    const [from, to] = direction === 'references' ? [of, id] : [id, of];
    lines.set(`${from}\n${to}`, { from, to, by });
    asked++;
  }
  boxes.set(of, { ...own, [direction]: { total, asked } });
  return { boxes, lines };
}

/** The exclusion for a box. */
export function endOfItem(item: Item): ReferenceEnd {
  return item.kind === 'object'
    ? { kind: 'object', address: item.row.address }
    : { kind: 'class', label: item.group.label ?? '' };
}

/** The exclusion for a line; null if the line is no longer drawn. */
export function exclusionOfEdge({ boxes, lines }: Neighbourhood, id: string): Exclusion | null {
  const line = lines.get(id);
  const from = line && boxes.get(line.from);
  const to = line && boxes.get(line.to);
  return from && to ? { kind: 'reference', from: endOfItem(from.item), to: endOfItem(to.item) } : null;
}

/** The name of a box in a sentence. */
export function itemName(item: Item): string {
  if (item.kind === 'object') return oneLine(objectText(item.row));
  return oneLine(`${item.group.label ?? ''} × ${formatCount(item.group.objects)}`);
}

/** The graph as boxes and lines to draw. The initial box is ringed. */
export function neighbourhoodGraph({ boxes, lines }: Neighbourhood, start: string): ObjectGraph {
  const drawn = [...boxes];
  const largest = Math.max(1, ...drawn.map(([, { item }]) => figuresOf(item).retainedBytes));
  const most = Math.max(1, ...[...lines.values()].map(({ by }) => (by.kind === 'class' ? by.references : 1)));
  return {
    boxes: drawn.map(([id, box]) => boxOf(id, box, largest, id === start)),
    lines: [...lines].map(([id, { from, to, by }]): GraphLine => {
      const names = [from, to].map(end => itemName(boxes.get(end)!.item));
      return {
        id,
        from,
        to,
        share: by.kind === 'class' ? by.references / most : OBJECT_LINE_SHARE,
        name: nameOf(by, boxes.get(to)!.item),
        description: `${names[0]} ${throughOf(by)} ${names[1]}`,
      };
    }),
  };
}

/** Lines between objects are thin: each is one reference. */
const OBJECT_LINE_SHARE = 0.02;

function boxOf(
  id: string,
  { item, references }: NeighbourhoodBox,
  largest: number,
  isPoint: boolean,
): GraphBox {
  const { retainedBytes, family } = figuresOf(item);
  const left = references === null ? null : references.total - references.asked;
  const bytes = formatBytes(retainedBytes);
  return {
    id,
    kind: 'objects',
    name: item.kind === 'object' ? objectName(item.row) : oneLine(item.group.label ?? ''),
    count: item.kind === 'object' ? '' : ` × ${formatCount(item.group.objects)}`,
    figures: item.kind === 'object' ? `${bytes} · ${item.row.address}` : `${bytes} retained`,
    description:
      item.kind === 'object'
        ? `${objectName(item.row)} ${item.row.address}, ${bytes} retained`
        : `${itemName(item)}, ${bytes} retained`,
    family,
    share: shareOf(retainedBytes, largest),
    isPoint,
    isMember: false,
    handle: left === 0 ? null : { opens: true, hidden: left ?? 0 },
  };
}

function figuresOf(item: Item): { retainedBytes: number; family: GraphBox['family'] } {
  return item.kind === 'object' ? item.row : item.group;
}

function objectName({ label, title, isNamed }: ObjectRow): string {
  return oneLine(isNamed && title !== '' ? `${title} (${label})` : `${label} ${title}`.trim());
}

function nameOf(by: Found['by'], to: Item): string {
  if (by.kind === 'class') return formatCount(by.references);
  const { kind, name, noun } = by.neighbour;
  if (name === null) return kind === 'reference' ? '' : noun;
  return oneLine(to.kind === 'object' ? withoutOwnName(name, to.row.title) : name);
}

function throughOf(by: Found['by']): string {
  if (by.kind === 'class') return `have ${formatCountOf(by.references, 'reference')} to`;
  return edgeText({ ...by.neighbour, omittedBefore: 0 });
}
