import type { Retention } from '../indexes/retention.ts';
import { type Adjacency, type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { SharedOwners } from '../protocol/tree-node.ts';
import type { Branches, BranchPath } from './branches.ts';

/**
 * References between branches of the merged dominator tree that are not nested: objects in one branch are also used
 * by another, so both are responsible for them. An object belongs to the innermost branch that contains it, and is
 * counted once for each branch that refers to it. Constant caches are left out. O(n + e), most objects first.
 */
export function* sharedOwners(
  snapshot: HeapSnapshot,
  retention: Retention,
  referrers: Adjacency,
  branches: Branches,
  paths: readonly BranchPath[],
  top: number,
): Steps<SharedOwners[]> {
  const { position } = retention.tree;
  const { flags, objects } = snapshot;
  const branchOf = innermost(branches, paths);
  const isApart = paths.map(from => paths.map(to => !isWithin(from, to) && !isWithin(to, from)));
  const counts = paths.map(() => new Float64Array(paths.length));
  const bytes = paths.map(() => new Float64Array(paths.length));
  /** The object for which a branch was last counted, + 1. */
  const counted = new Uint32Array(paths.length);
  for (let object = 0; object < objects; object++) {
    if (object % STRIDE === 0) yield object / objects;
    const to = branchAt(branches, branchOf, position[object]!);
    if (to < 0) continue;
    for (let at = referrers.first[object]!; at < referrers.first[object + 1]!; at++) {
      const referrer = referrers.targets[at]!;
      const from = branchAt(branches, branchOf, position[referrer]!);
      if (from < 0 || !isApart[from]![to]! || counted[from] === object + 1) continue;
      if ((flags[referrer]! & ObjectFlag.cacheSource) !== 0) continue;
      counted[from] = object + 1;
      counts[from]![to]!++;
      bytes[from]![to]! += shallowBytesOf(snapshot, object);
    }
  }
  const found: SharedOwners[] = [];
  for (const [from, row] of counts.entries()) {
    for (const [to, count] of row.entries()) {
      if (count > 0) found.push({ from, to, objects: count, shallowBytes: bytes[from]![to]! });
    }
  }
  return found.sort((a, b) => b.objects - a.objects || b.shallowBytes - a.shallowBytes).slice(0, top);
}

function branchAt({ tree }: Branches, branchOf: Int32Array, position: number): number {
  return position === 0 ? -1 : branchOf[tree.nodeOf[position]!]!;
}

/** Node of the merged tree → the innermost of the branches that contain it; -1 = none. O(nodes). */
function innermost(branches: Branches, paths: readonly BranchPath[]): Int32Array {
  const branchOf = new Int32Array(branches.tree.length).fill(-1);
  for (const [at, path] of paths.entries()) {
    const branch = branches.find(path);
    if (branch === null) continue;
    for (const node of branch.kind === 'node' ? [branch.node] : branch.nodes) branchOf[node] = at;
  }
  for (let node = 1; node < branchOf.length; node++) {
    if (branchOf[node] === -1) branchOf[node] = branchOf[branches.tree.parent[node]!]!;
  }
  return branchOf;
}

/** Whether a branch is another one or within it. */
function isWithin(path: BranchPath, other: BranchPath): boolean {
  return other.every((step, at) => path[at] === step);
}
