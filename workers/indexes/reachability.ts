import { Uint32List } from '../model/growable.ts';
import type { RootKind } from '../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { DepthFirst } from './depth-first.ts';
import type { EdgeBuckets } from './edge-buckets.ts';
import { rootsOfPartialDump } from './partial-dump.ts';
import type { RetentionEdges } from './retention-edges.ts';
import type { SpareColumns } from './spare-columns.ts';
import type { IndexStrategy } from './strategy.ts';

/** Pseudo-root of objects that only inline constant caches hold. */
export const INLINE_CACHES = '(inline caches)';

/**
 * A depth-first numbering of everything reachable. 0 is the super-root; the other numbers are objects and kinds of
 * root.
 */
export interface Numbering {
  /** How many numbers there are. */
  count: number;
  /** Object → number; 0 = unreachable. */
  number: Uint32Array;
  /** Number → object; `objects + k` for kind k; `objects + kinds.length` for the super-root. */
  vertex: Uint32Array;
  /** Number → number of the vertex from which it was first reached; 0 for the super-root itself. */
  parent: Uint32Array;
  /** Edges between numbers other than those from a `parent`. Some may duplicate those. */
  others: EdgeBuckets;
  kinds: ReachedKind[];
  /** The strategy it was built with, for further indexes. */
  strategy: IndexStrategy;
}

export interface ReachedKind {
  name: string;
  number: number;
  /** The objects it refers to, distinct. */
  objects: Uint32Array;
}

/**
 * Numbers everything that the roots reach, depth first, in file order; then, under a pseudo-root, what only cache edges
 * reach. If there are no roots, see numbers.md#partial-dump. O(n + e), with an explicit stack. Takes its columns from
 * `spare`.
 */
export function* numberReachable(
  edges: RetentionEdges,
  roots: readonly Omit<RootKind, 'listed'>[],
  placeOf: (object: number) => number,
  strategy: IndexStrategy,
  spare: SpareColumns,
): Steps<Numbering> {
  const kinds: ReachedKind[] = [];
  const known = roots.length > 0 ? roots : [yield* rootsOfPartialDump(edges, placeOf)];
  const rootEdges = known.reduce((sum, root) => sum + root.objects.length, 0);
  const search = yield* strategy.search(edges, known.length + 1, rootEdges, spare);
  for (const root of known) {
    const number = search.begin(edges.objects + kinds.length);
    kinds.push({ name: root.name, number, objects: root.objects });
    for (const object of root.objects) yield* search.explore(object, number);
  }
  if (edges.leftOut !== 0) {
    const caches = yield* exploreCaches(search, edges, edges.objects + kinds.length);
    if (caches !== null) kinds.push(caches);
  }
  search.vertex[0] = edges.objects + kinds.length;
  search.parent[0] = 0;
  const others = yield* search.otherEdges();
  const { count, vertex, parent } = search;
  return { count, number: search.numbers(), vertex, parent, others, kinds, strategy };
}

/** Numbers the objects that only cache edges reach; null if there are none. */
function* exploreCaches(
  search: DepthFirst,
  edges: RetentionEdges,
  vertex: number,
): Steps<ReachedKind | null> {
  const { forward } = edges;
  const members = new Uint32List();
  const isMember = new Set<number>();
  const numbers = search.numbers();
  let pseudoRoot = 0;
  // The list grows during the loop: objects that caches reach may be caches, too.
  for (let at = 0; at < search.leftOut.length; at++) {
    if (at % STRIDE === STRIDE - 1) yield search.count / search.vertex.length;
    const source = search.leftOut.values[at]!;
    for (let edge = forward.first[source]!; edge < forward.first[source + 1]!; edge++) {
      const target = forward.targets[edge]!;
      const reached = numbers[target]!;
      if (reached !== 0 && (pseudoRoot === 0 || reached < pseudoRoot)) continue;
      if (pseudoRoot === 0) pseudoRoot = search.begin(vertex);
      if (!isMember.has(target)) {
        isMember.add(target);
        members.push(target);
        yield* search.explore(target, pseudoRoot);
      }
    }
  }
  return pseudoRoot === 0 ? null : { name: INLINE_CACHES, number: pseudoRoot, objects: members.trimmed() };
}
