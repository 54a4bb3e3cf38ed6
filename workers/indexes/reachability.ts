import { grown, Uint32List } from '../model/growable.ts';
import type { RootKind } from '../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import { rootsOfPartialDump } from './partial-dump.ts';
import type { RetentionEdges } from './retention-edges.ts';

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
  /** Number → number of the vertex it was first reached from. */
  parent: Uint32Array;
  kinds: ReachedKind[];
}

export interface ReachedKind {
  name: string;
  number: number;
  /** The objects it refers to, distinct. */
  objects: Uint32Array;
}

/**
 * Numbers everything that the roots reach, depth first, in the order of the file; then what only cache edges hold,
 * under a pseudo-root. Without roots see numbers.md, "Dump without roots". O(n + e); explicit stack.
 */
export function* numberReachable(
  edges: RetentionEdges,
  roots: readonly Omit<RootKind, 'listed'>[],
  addressOf: (object: number) => number,
): Steps<Numbering> {
  const search = new DepthFirst(edges, roots.length + 3);
  const kinds: ReachedKind[] = [];
  const known = roots.length > 0 ? roots : [yield* rootsOfPartialDump(edges, addressOf)];
  for (const root of known) {
    const number = search.begin(edges.objects + kinds.length);
    kinds.push({ name: root.name, number, objects: root.objects });
    for (const object of root.objects) if (search.number[object] === 0) yield* search.explore(object, number);
  }
  if (edges.leftOut !== 0) {
    const caches = yield* exploreCaches(search, edges, edges.objects + kinds.length);
    if (caches !== null) kinds.push(caches);
  }
  search.vertex[0] = edges.objects + kinds.length;
  return {
    count: search.count,
    number: search.number,
    vertex: search.vertex,
    parent: search.parent,
    kinds,
  };
}

/** What cache edges refer to and no other way reaches; null if there is nothing such. */
function* exploreCaches(
  search: DepthFirst,
  edges: RetentionEdges,
  vertex: number,
): Steps<ReachedKind | null> {
  const { forward, flags, leftOut, objects } = edges;
  const members = new Uint32List();
  const isMember = new Set<number>();
  let pseudoRoot = 0;
  // The numbering grows while it is walked: what caches reach may hold caches in turn.
  for (let number = 1; number < search.count; number++) {
    if (number % STRIDE === 0) yield number / search.count;
    const source = search.vertex[number]!;
    if (source >= objects || (flags[source]! & leftOut) === 0) continue;
    for (let at = forward.first[source]!; at < forward.first[source + 1]!; at++) {
      const target = forward.targets[at]!;
      const reached = search.number[target]!;
      if (reached !== 0 && (pseudoRoot === 0 || reached < pseudoRoot)) continue;
      if (pseudoRoot === 0) pseudoRoot = search.begin(vertex);
      if (!isMember.has(target)) {
        isMember.add(target);
        members.push(target);
      }
      if (search.number[target] === 0) yield* search.explore(target, pseudoRoot);
    }
  }
  return pseudoRoot === 0 ? null : { name: INLINE_CACHES, number: pseudoRoot, objects: members.trimmed() };
}

/** The search itself: its stack is explicit, for lists are as deep as the heap is large. */
class DepthFirst {
  readonly number: Uint32Array;
  readonly vertex: Uint32Array;
  readonly parent: Uint32Array;
  /** 0 is the super-root. */
  count = 1;
  /** A bit an object that has a number: what most edges ask, from a table that stays in the cache. */
  readonly #numbered: Uint32Array;
  /** A bit an object whose references are left out; null if there is no such rule. */
  readonly #leftOut: Uint32Array | null;
  readonly #edges: RetentionEdges;
  #stack = new Uint32Array(1024);
  #cursors = new Uint32Array(1024);
  #depth = 0;

  constructor(edges: RetentionEdges, extra: number) {
    this.#edges = edges;
    this.number = new Uint32Array(edges.objects);
    this.vertex = new Uint32Array(edges.objects + extra);
    this.parent = new Uint32Array(edges.objects + extra);
    this.#numbered = new Uint32Array((edges.objects + 31) >>> 5);
    this.#leftOut = edges.leftOut === 0 ? null : leftOutBits(edges);
  }

  /** Gives a number to a kind of root, below the super-root. */
  begin(vertex: number): number {
    this.vertex[this.count] = vertex;
    return this.count++;
  }

  /** Numbers the object, which must have no number yet, and what it reaches. */
  *explore(object: number, parent: number): Steps<void> {
    this.#enter(object, parent);
    while (this.#run(STRIDE)) yield this.count / this.vertex.length;
  }

  #enter(object: number, parent: number): void {
    this.number[object] = this.count;
    this.#numbered[object >>> 5]! |= 1 << (object & 31);
    this.vertex[this.count] = object;
    this.parent[this.count] = parent;
    this.count++;
    this.#stack[0] = object;
    this.#cursors[0] = this.#start(object);
    this.#depth = 1;
  }

  /** Where the references of an object start: at their end, for one that is left out. */
  #start(object: number): number {
    const { first } = this.#edges.forward;
    const isLeftOut = this.#leftOut !== null && ((this.#leftOut[object >>> 5]! >>> (object & 31)) & 1) === 1;
    return isLeftOut ? first[object + 1]! : first[object]!;
  }

  /** Goes on for so many edges; false when all is done. */
  #run(budget: number): boolean {
    const { number, vertex, parent } = this;
    const numbered = this.#numbered;
    const { forward, classObjects, descriptor } = this.#edges;
    const { first, targets } = forward;
    let depth = this.#depth;
    let count = this.count;
    let object = this.#stack[depth - 1]!;
    let at = this.#cursors[depth - 1]!;
    let end = first[object + 1]!;
    let objectNumber = number[object]!;
    let left = budget;
    while (left-- > 0) {
      let target: number;
      if (at < end) target = targets[at++]!;
      else if (at === end) {
        at++;
        target = classObjects === null ? -1 : classObjects[descriptor[object]!]!;
        if (target < 0) continue;
      } else {
        if (--depth === 0) break;
        object = this.#stack[depth - 1]!;
        at = this.#cursors[depth - 1]!;
        end = first[object + 1]!;
        objectNumber = number[object]!;
        continue;
      }
      const bit = 1 << (target & 31);
      if ((numbered[target >>> 5]! & bit) !== 0) continue;
      numbered[target >>> 5]! |= bit;
      number[target] = count;
      vertex[count] = target;
      parent[count] = objectNumber;
      count++;
      this.#cursors[depth - 1] = at;
      if (depth === this.#stack.length) {
        this.#stack = grown(this.#stack, depth + 1);
        this.#cursors = grown(this.#cursors, depth + 1);
      }
      this.#stack[depth++] = target;
      object = target;
      objectNumber = count - 1;
      at = this.#start(target);
      this.#cursors[depth - 1] = at;
      end = first[object + 1]!;
    }
    if (depth > 0) this.#cursors[depth - 1] = at;
    this.#depth = depth;
    this.count = count;
    return depth > 0;
  }
}

function leftOutBits(edges: RetentionEdges): Uint32Array {
  const bits = new Uint32Array((edges.objects + 31) >>> 5);
  for (let object = 0; object < edges.objects; object++) {
    if ((edges.flags[object]! & edges.leftOut) !== 0) bits[object >>> 5]! |= 1 << (object & 31);
  }
  return bits;
}
