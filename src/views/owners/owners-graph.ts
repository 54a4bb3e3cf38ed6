import type { SharedOwners, TreeNode } from '../../../workers/protocol/tree-node.ts';
import {
  type GraphBox,
  type GraphLine,
  MAX_BOXES,
  type ObjectGraph,
} from '../../charts/object-graph/graph.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf, formatShare, shareOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';

/** Number of boxes drawn initially. */
const FIRST_BOXES = 14;
/** Children with a smaller share of their owner are left out. */
const LEAST_PART = 0.02;

/** A merged dominator tree, ready to be drawn in part. */
export interface OwnerTree {
  nodes: readonly TreeNode[];
  /** By position: children that are drawn, largest first. */
  children: readonly number[][];
  /** By position: the number of other children. */
  others: readonly number[];
  /** The branch path of each node, as text: the same in every answer. */
  keys: readonly string[];
}

/** `nodes`: parents before children, as the worker sends them. */
export function ownerTree(nodes: readonly TreeNode[]): OwnerTree {
  const children: number[][] = nodes.map(() => []);
  const paths: string[][] = [];
  for (const [at, { parent, step }] of nodes.entries()) {
    paths.push(parent < 0 || step === null ? [] : [...paths[parent]!, step]);
    if (parent >= 0 && step !== null) children[parent]!.push(at);
  }
  const drawn = children.map((list, at) =>
    list
      .filter(child => nodes[child]!.bytes >= LEAST_PART * nodes[at]!.bytes)
      .sort((a, b) => nodes[b]!.bytes - nodes[a]!.bytes),
  );
  const others = children.map((list, at) => list.length - drawn[at]!.length);
  return { nodes, children: drawn, others, keys: paths.map(path => JSON.stringify(path)) };
}

/** The branch path of a box. */
export function pathOfKey(key: string): string[] {
  return JSON.parse(key) as string[];
}

/**
 * The owners that are expanded initially: the root, then the largest one after the other, until there are enough boxes.
 */
export function firstOpen({ nodes, children, keys }: OwnerTree): Set<string> {
  const open = new Set(keys.slice(0, 1));
  const waiting = [...(children[0] ?? [])];
  let boxes = waiting.length;
  while (waiting.length > 0) {
    waiting.sort((a, b) => nodes[b]!.bytes - nodes[a]!.bytes);
    const at = waiting.shift()!;
    const below = children[at]!;
    if (below.length === 0 || boxes + below.length > FIRST_BOXES) continue;
    open.add(keys[at]!);
    boxes += below.length;
    waiting.push(...below);
  }
  return open;
}

/** The visible part of the tree, and how many more boxes there would be. */
export function drawnOwners(
  { nodes, children, others, keys }: OwnerTree,
  open: ReadonlySet<string>,
): { graph: ObjectGraph; nodeOf: ReadonlyMap<string, number>; omitted: number } {
  const boxes: GraphBox[] = [];
  const lines: GraphLine[] = [];
  const nodeOf = new Map<string, number>();
  const all = nodes[0]?.bytes ?? 0;
  let omitted = 0;
  let level = nodes.length === 0 ? [] : [0];
  while (level.length > 0) {
    const next: number[] = [];
    for (const parent of level) {
      omitted += others[parent]!;
      for (const at of children[parent]!) {
        if (boxes.length >= MAX_BOXES) {
          omitted++;
          continue;
        }
        const key = keys[at]!;
        const isOpen = open.has(key);
        boxes.push(boxOf(nodes[at]!, key, children[at]!.length, isOpen, all));
        nodeOf.set(key, at);
        if (parent !== 0) {
          const share = shareOf(nodes[at]!.bytes, all);
          lines.push({
            id: `line ${key}`,
            from: keys[parent]!,
            to: key,
            share,
            name: formatBytes(nodes[at]!.bytes),
            description: `${nodeName(nodes[parent]!)} owns ${nodeName(nodes[at]!)}, ${formatBytes(nodes[at]!.bytes)}`,
          });
        }
        if (isOpen) next.push(at);
      }
    }
    level = next;
  }
  return { graph: { boxes, lines }, nodeOf, omitted };
}

/** The name of a node, in one line. */
export function nodeName({ label, title, kind, family }: TreeNode): string {
  if (kind === 'root') return `root ${oneLine(label)}`;
  return oneLine(family === 'class' && title !== '' ? title : label);
}

function boxOf(node: TreeNode, key: string, children: number, isOpen: boolean, all: number): GraphBox {
  const share = shareOf(node.bytes, all);
  const name = nodeName(node);
  const count = node.merged > 1 ? ` \u00d7 ${formatCount(node.merged)}` : '';
  const figures = `${formatBytes(node.bytes)}, ${formatShare(share)}`;
  return {
    id: key,
    kind: node.kind === 'root' ? 'root' : 'objects',
    name,
    count,
    figures,
    description: `${name}${count} owns ${formatCountOf(node.objects, 'object')}, ${figures} of the heap`,
    family: node.family,
    share,
    isPoint: false,
    isMember: false,
    handle: children === 0 ? null : { opens: !isOpen, hidden: children },
  };
}

/** Lines between visible owners that hold objects jointly. `keys`: the boxes, in the order of the question. */
export function sharedLines(
  tree: OwnerTree,
  nodeOf: ReadonlyMap<string, number>,
  keys: readonly string[],
  shared: readonly SharedOwners[],
): GraphLine[] {
  return shared.flatMap(({ from, to, objects, shallowBytes }) => {
    const source = nodeOf.get(keys[from]!);
    const target = nodeOf.get(keys[to]!);
    // An answer may be about boxes that were collapsed in the meantime.
    if (source === undefined || target === undefined) return [];
    return {
      id: `shared ${keys[from]} ${keys[to]}`,
      from: keys[from]!,
      to: keys[to]!,
      share: 0,
      name: '',
      description: `${nodeName(tree.nodes[source]!)} also refers to ${formatCountOf(objects, 'object')} (${formatBytes(shallowBytes)}) that ${nodeName(tree.nodes[target]!)} owns`,
      isAside: true as const,
    };
  });
}
