import type { ClassEdge, GrowthSlice } from '../../../workers/protocol/comparison.ts';
import type { GraphBox, GraphLine, ObjectGraph } from '../../charts/object-graph/graph.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf, shareOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { changeOf, formatBytesChange, formatCountChange } from './changes.ts';

/** A slice of the type-growth graph as a drawing: a box for each class, a line for the references between two. */
export function sliceGraph({ label, classes, edges }: GrowthSlice): ObjectGraph {
  const sizes = new Map(classes.map(each => [each.label, each]));
  const names = new Set([label, ...edges.flatMap(({ from, to }) => [from, to])]);
  const mostBytes = Math.max(1, ...classes.map(({ shallowBytes }) => changeOf(shallowBytes)));
  const mostReferences = Math.max(1, ...edges.map(({ counts }) => changeOf(counts)));
  return {
    boxes: [...names].map(name => boxOf(name, sizes.get(name), name === label, mostBytes)),
    lines: edges.map(edge => lineOf(edge, mostReferences)),
  };
}

/** The line of an edge, by its id. */
export function lineId({ from, to }: Pick<ClassEdge, 'from' | 'to'>): string {
  return `${from}\n${to}`;
}

function boxOf(
  label: string,
  size: GrowthSlice['classes'][number] | undefined,
  isPoint: boolean,
  mostBytes: number,
): GraphBox {
  const name = oneLine(label);
  const [objects, bytes] = [changeOf(size?.counts ?? []), changeOf(size?.shallowBytes ?? [])];
  const now = formatCountOf(size?.counts.at(-1) ?? 0, 'object');
  return {
    id: label,
    kind: 'objects',
    name,
    count: ` ${formatCountChange(objects)}`,
    figures: `${formatBytesChange(bytes)} of ${formatBytes(size?.shallowBytes.at(-1) ?? 0)}`,
    description: `${name}: ${now}, ${formatCountChange(objects)} since the first dump, ${formatBytesChange(bytes)}`,
    family: null,
    share: shareOf(Math.max(0, bytes), mostBytes),
    isPoint,
    isMember: false,
    handle: null,
  };
}

function lineOf(edge: ClassEdge, mostReferences: number): GraphLine {
  const { from, to, counts } = edge;
  const change = formatCountChange(changeOf(counts));
  return {
    id: lineId(edge),
    from,
    to,
    share: shareOf(Math.max(0, changeOf(counts)), mostReferences),
    name: change,
    description: `${oneLine(from)} refers to ${oneLine(to)}: ${counts.map(formatCount).join(', ')} references (${change})`,
  };
}
