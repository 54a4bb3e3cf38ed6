import type { Exclusion } from '../../../workers/protocol/exclusions.ts';
import type { PathDirection, PathNode } from '../../../workers/protocol/paths.ts';
import type { EdgeName } from '../../../workers/protocol/rows.ts';
import type { ObjectIndex } from '../../../workers/protocol/units.ts';
import {
  type GraphBox,
  type GraphLine,
  MAX_BOXES,
  type ObjectGraph,
} from '../../charts/object-graph/graph.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf, shareOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { endOf } from './exclusion-names.ts';
import { pathNodeName, type ShownPaths } from './path-nodes.ts';

/** Number of boxes of one node shown at a time. */
export const SHOWN_AT_A_TIME = 8;

/** The visible part of merged paths. */
export interface DrawnPaths {
  graph: ObjectGraph;
  /** Box → position of its node. A rest box has the position of its parent. */
  nodeOf: ReadonlyMap<string, number>;
  /** Line → positions of the nodes that it connects: the referrer, and the referent. */
  endsOf: ReadonlyMap<string, { from: number; to: number }>;
  /** Number of nodes that are open but not drawn, since there are too many. */
  omitted: number;
}

/** The reference that gives a node's line its name; null if none is known. */
export interface LineReference {
  source: ObjectIndex;
  target: ObjectIndex;
}

/** Suffix of the id of a box for the children of a node that are not shown. */
const REST = '\nrest of these';

/** Whether a box represents the children of another that are not shown. */
export function isRestBox(id: string): boolean {
  return id.endsWith(REST);
}

/**
 * The boxes of open nodes and their lines, the nodes with most members first, until there are enough. `shown`: how many
 * children of a node to draw, where the user requested more. `names`: names of lines, by the position of the node that
 * the line leads to.
 */
export function drawnPaths(
  paths: ShownPaths,
  direction: PathDirection,
  open: ReadonlySet<string>,
  shown: ReadonlyMap<string, number>,
  names: ReadonlyMap<number, EdgeName>,
): DrawnPaths {
  const { nodes, children, keys } = paths;
  const boxes: GraphBox[] = [];
  const lines: GraphLine[] = [];
  const nodeOf = new Map<string, number>();
  const endsOf = new Map<string, { from: number; to: number }>();
  const widest = Math.max(1, nodes[0]?.objects ?? 1);
  let omitted = 0;
  const connect = (id: string, parent: number, at: number, line: Omit<GraphLine, 'id' | 'from' | 'to'>) => {
    // The node for all has no lines to its children.
    if (parent === 0) return;
    const [from, to] = direction === 'fromRoots' ? [keys[parent]!, id] : [id, keys[parent]!];
    lines.push({ id: `line ${id}`, from, to, ...line });
    endsOf.set(`line ${id}`, direction === 'fromRoots' ? { from: parent, to: at } : { from: at, to: parent });
  };
  let level = [0];
  while (level.length > 0) {
    const next: number[] = [];
    for (const parent of level) {
      const all = children[parent]!;
      const own = all.filter(at => nodes[at]!.kind !== 'remainder');
      const wanted = own.slice(0, shown.get(keys[parent]!) ?? SHOWN_AT_A_TIME);
      const drawn = wanted.slice(0, Math.max(0, MAX_BOXES - 1 - boxes.length));
      omitted += wanted.length - drawn.length;
      for (const at of drawn) {
        const id = keys[at]!;
        const isOpen = open.has(id);
        boxes.push(boxOf(paths, at, isOpen));
        nodeOf.set(id, at);
        connect(id, parent, at, lineOf(nodes, direction, parent, at, widest, names));
        if (isOpen) next.push(at);
      }
      const rest = all.filter(at => !drawn.includes(at));
      if (rest.length === 0 || boxes.length >= MAX_BOXES) continue;
      const id = `${keys[parent]}${REST}`;
      const objects = rest.reduce((sum, at) => sum + nodes[at]!.objects, 0);
      boxes.push(
        restBox(
          id,
          rest.map(at => nodes[at]!),
          objects,
          own.length > drawn.length,
        ),
      );
      nodeOf.set(id, parent);
      connect(id, parent, parent, { share: objects / widest, name: '', description: 'what is not drawn' });
      endsOf.delete(`line ${id}`);
    }
    level = next.sort((a, b) => nodes[b]!.objects - nodes[a]!.objects);
  }
  return { graph: { boxes, lines }, nodeOf, endsOf, omitted };
}

function boxOf({ nodes, children, keys }: ShownPaths, at: number, isOpen: boolean): GraphBox {
  const node = nodes[at]!;
  const whole = nodes[0]!;
  const name = pathNodeName(node);
  const count = node.kind === 'merged' ? ` × ${formatCount(node.holders)}` : '';
  const below = children[at]!.length;
  const figures = `${formatCount(node.objects)} · ${formatBytes(node.retainedBytes)}`;
  const marks = [
    node.isPoint ? 'many of the set come together here' : '',
    node.members > 0 ? `${formatCountOf(node.members, 'object')} of the set` : '',
    node.isRun ? 'a run of one class' : '',
  ].filter(mark => mark !== '');
  return {
    id: keys[at]!,
    kind: node.kind === 'root' ? 'root' : 'objects',
    name: count === '' ? name : oneLine(node.label),
    count,
    figures: `${figures}${node.members > 0 ? ' · of the set' : ''}`,
    description: [
      `${name}: ${formatCountOf(node.objects, 'object')} behind it, ${formatBytes(node.retainedBytes)} retained`,
      ...marks,
    ].join(', '),
    family: node.family,
    share: shareOf(node.retainedBytes, whole.retainedBytes),
    isPoint: node.isPoint,
    isMember: node.members > 0,
    handle: below === 0 ? null : { opens: !isOpen, hidden: below },
  };
}

function restBox(id: string, rest: readonly PathNode[], objects: number, canShow: boolean): GraphBox {
  const count = rest.reduce((sum, node) => sum + (node.kind === 'remainder' ? node.holders : 1), 0);
  const name = `${formatCount(count)} more`;
  return {
    id,
    kind: 'rest',
    name,
    count: '',
    figures: `${formatCount(objects)} of the set`,
    description: `${name}, with ${formatCountOf(objects, 'object')} behind them`,
    family: null,
    share: null,
    isPoint: false,
    isMember: false,
    handle: canShow ? { opens: true, hidden: count } : null,
  };
}

function lineOf(
  nodes: readonly PathNode[],
  direction: PathDirection,
  parent: number,
  at: number,
  widest: number,
  names: ReadonlyMap<number, EdgeName>,
): Omit<GraphLine, 'id' | 'from' | 'to'> {
  const [source, target] =
    direction === 'fromRoots' ? [nodes[parent]!, nodes[at]!] : [nodes[at]!, nodes[parent]!];
  const name = source.kind === 'root' ? 'lists' : lineName(names.get(at), target);
  const through = name === '' ? 'refers to' : oneLine(name);
  return {
    share: nodes[at]!.objects / widest,
    name: oneLine(name),
    description: `${pathNodeName(source)} ${through} ${pathNodeName(target)}: ${formatCountOf(nodes[at]!.objects, 'object')} behind`,
  };
}

/** For many references, the name of one is shown if it probably applies to all: not an index or a key. */
function lineName(edge: EdgeName | undefined, target: PathNode): string {
  if (edge === undefined) return '';
  if (edge.name === null) return edge.kind === 'reference' ? '' : edge.noun;
  return target.holders > 1 && edge.name.startsWith('[') ? '' : withoutOwnName(edge.name, target.title);
}

/** `constant` instead of `constant Order` on a line to the class `Shop::Order`, whose box has its name. */
export function withoutOwnName(name: string, title: string): string {
  const own = title.slice(title.lastIndexOf(':') + 1);
  return own !== '' && name.endsWith(` ${own}`) ? name.slice(0, -own.length - 1) : name;
}

/** The reference whose name a node's line has. */
export function referenceOf(
  nodes: readonly PathNode[],
  direction: PathDirection,
  at: number,
): LineReference | null {
  const node = nodes[at]!;
  const parent = nodes[node.parent];
  if (parent === undefined || parent.kind === 'set') return null;
  if (direction === 'fromRoots') {
    return node.object === null || node.referrer === null
      ? null
      : { source: node.referrer, target: node.object };
  }
  // The first referent may be referred to by an object of another node.
  return parent.object === null || node.object === null || parent.referrer !== node.object
    ? null
    : { source: node.object, target: parent.object };
}

/** The exclusion for a line. */
export function exclusionOfLine(
  nodes: readonly PathNode[],
  ends: { from: number; to: number },
): Exclusion | null {
  const from = endOf(nodes[ends.from]!);
  const to = endOf(nodes[ends.to]!);
  return from && to && to.kind !== 'root' ? { kind: 'reference', from, to } : null;
}
