import { Uint32List } from '../model/growable.ts';
import type { RootKind } from '../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { DepthFirst } from './depth-first.ts';
import type { EdgeBuckets } from './edge-buckets.ts';
import { rootsOfPartialDump } from './partial-dump.ts';
import type { RetentionEdges } from './retention-edges.ts';
import type { SpareColumns } from './spare-columns.ts';
import type { IndexStrategy } from './strategy.ts';

/** Pseudo-root of what only inline constant caches hold. */
export const INLINE_CACHES = '(inline caches)';

/**
 * A depth-first numbering of what the roots reach, from 0, the super-root. A number stands for an object, or for
 * a kind of root.
 */
export interface Numbering {
  /** Numbers given. */
  count: number;
  /** Object → number; 0 = unreachable. */
  number: Uint32Array;
  /** Number → object; `objects + k` for kind k; `objects + kinds.length` for the super-root. */
  vertex: Uint32Array;
  /** Number → number of the vertex it was first reached from; 0 for the super-root itself. */
  parent: Uint32Array;
  /** Edges between numbers other than those to a `parent`; some may be the same as these. */
  others: EdgeBuckets;
  kinds: ReachedKind[];
  /** How it was found, and how what is built from it should be. */
  strategy: IndexStrategy;
}

export interface ReachedKind {
  name: string;
  number: number;
  /** The objects it refers to, distinct. */
  objects: Uint32Array;
}

/**
 * Numbers everything that the roots reach, depth first, in the order of the file; then what only cache edges hold,
 * under a pseudo-root. Without roots see numbers.md#partial-dump. O(n + e); explicit stack. Columns come
 * from `spare`.
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

/** What cache edges refer to and no other way reaches; null if there is nothing such. */
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
  // The list grows while it is walked: what caches reach may hold caches in turn.
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
