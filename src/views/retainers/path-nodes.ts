import type { PathNode } from '../../../workers/protocol/paths.ts';
import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import { formatCount, formatCountOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';

/** Merged paths as a tree: the nodes, and the positions of each node's children in the order of the answer. */
export interface ShownPaths {
  nodes: readonly PathNode[];
  children: readonly (readonly number[])[];
  /** For each node: the steps that lead to it, as text. The same in every answer about the same heap. */
  keys: readonly string[];
}

export function shownPaths(nodes: readonly PathNode[]): ShownPaths {
  const children: number[][] = nodes.map(() => []);
  const keys: string[] = [];
  for (const [at, node] of nodes.entries()) {
    keys.push(node.parent < 0 ? '' : `${keys[node.parent]}\n${node.step}`);
    if (node.parent >= 0) children[node.parent]!.push(at);
  }
  return { nodes, children, keys };
}

/** `AuditTrail (Class)`, `Array [240]`, `Proc × 239`, `root vm`. */
export function pathNodeName(node: PathNode): string {
  switch (node.kind) {
    case 'set':
      return 'All';
    case 'root':
      return oneLine(`root ${node.label}`);
    case 'remainder':
      return formatCountOf(node.holders, 'smaller branch', 'smaller branches');
    case 'object': {
      if (node.title === '') return oneLine(node.label);
      return oneLine(node.isNamed ? `${node.title} (${node.label})` : `${node.label} ${node.title}`);
    }
    case 'merged':
      return oneLine(`${node.label} × ${formatCount(node.holders)}${node.isRun ? ' in runs' : ''}`);
  }
}

/**
 * The nodes that are open initially: branches with at least a fifth of the members, and those to all accumulation
 * points.
 */
export function initiallyOpen({ nodes, children, keys }: ShownPaths): Set<string> {
  const open = new Set<string>();
  const waiting = nodes.length === 0 ? [] : [0];
  for (let at = waiting.pop(); at !== undefined && open.size < MAX_OPEN; at = waiting.pop()) {
    const below = children[at]!;
    if (below.length === 0) continue;
    open.add(keys[at]!);
    const whole = nodes[at]!.objects;
    for (const child of below) {
      if (nodes[child]!.objects >= whole * MAIN_BRANCH && nodes[child]!.kind !== 'remainder')
        waiting.push(child);
    }
  }
  for (const [at, node] of nodes.entries()) {
    if (!node.isPoint) continue;
    for (let above = at; above >= 0; above = nodes[above]!.parent) open.add(keys[above]!);
  }
  return open;
}

const MAX_OPEN = 40;
const MAIN_BRANCH = 0.2;

/** The nodes in the form that a flame graph takes: widths are retained bytes. */
export function flameNodes(nodes: readonly PathNode[]): TreeNode[] {
  return nodes.map(node => ({
    parent: node.parent,
    kind: node.kind === 'set' ? 'all' : node.kind,
    object: node.kind === 'object' ? node.object : null,
    label: node.kind === 'set' ? 'All paths' : node.label,
    title: node.title,
    type: node.type,
    family: node.family,
    isNamed: node.isNamed,
    generation: null,
    bytes: node.retainedBytes,
    objects: node.objects,
    shallowBytes: node.shallowBytes,
    retainedBytes: node.retainedBytes,
    chainLength: 1,
    merged: node.holders,
    more: node.more,
    skip: 0,
    step: node.step,
    set: null,
  }));
}
