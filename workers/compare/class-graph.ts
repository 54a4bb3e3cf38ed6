import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { part, STRIDE, type Steps } from '../model/steps.ts';
import type { ClassEdge, GrowthSlice } from '../protocol/comparison.ts';
import type { Count } from '../protocol/units.ts';
import { getOrAdd } from './get-or-add.ts';

/** Classes on the way back that are followed at most. */
const MOST_LEVELS = 6;
/** Edges of a slice at most. */
const MOST_EDGES = 60;

/**
 * How many references lead from objects of one class to objects of another, in each dump of a series. Classes are known
 * by their labels, so that dumps of different processes can be compared, and compaction does no harm.
 *
 * The idea is Cork's: M. Jump, K. S. McKinley, Cork: dynamic memory leak detection for garbage-collected languages (2007).
 */
export class ClassGraph {
  readonly #labels: readonly string[];
  /** Label of what is referred to → the edges that lead to it. */
  readonly #edgesTo: ReadonlyMap<number, readonly { from: number; counts: Count[] }[]>;

  private constructor(
    labels: readonly string[],
    edgesTo: ReadonlyMap<number, readonly { from: number; counts: Count[] }[]>,
  ) {
    this.#labels = labels;
    this.#edgesTo = edgesTo;
  }

  /** O(n + e) of each snapshot; memory grows with the distinct pairs of classes. */
  static *of(snapshots: readonly HeapSnapshot[]): Steps<ClassGraph> {
    const ids = new Map<string, number>();
    const edges = new Map<number, Map<number, Count[]>>();
    for (const [at, snapshot] of snapshots.entries()) {
      const classOf = classOfPairs(snapshot, ids);
      const counts = yield* part(
        at / snapshots.length,
        (at + 1) / snapshots.length,
        countEdges(snapshot, classOf),
      );
      counts.forEach((from, to, count) => {
        const below = getOrAdd(edges, to, () => new Map<number, Count[]>());
        const perDump = getOrAdd(below, from, () => snapshots.map(() => 0));
        perDump[at]! += count;
      });
    }
    const edgesTo = new Map(
      [...edges].map(([to, below]) => [to, [...below].map(([from, counts]) => ({ from, counts }))]),
    );
    return new ClassGraph([...ids.keys()], edgesTo);
  }

  /**
   * The edges that lead back from a class to what holds it, breadth first: at each class the `top` edges with most new
   * references, and where none grows, those with most references, at which it ends.
   */
  sliceOf(label: string, top: Count): GrowthSlice {
    const slice: GrowthSlice = { label, edges: [] };
    const start = this.#labels.indexOf(label);
    const seen = new Set([start]);
    let level = 1;
    for (let classes = start < 0 ? [] : [start]; classes.length > 0 && level <= MOST_LEVELS; level++) {
      const next: number[] = [];
      for (const to of classes) {
        const all = this.#edgesTo.get(to) ?? [];
        const growing = all.filter(({ counts }) => grownBy(counts) > 0);
        const followed = (growing.length > 0 ? growing : all)
          .toSorted((a, b) => grownBy(b.counts) - grownBy(a.counts) || b.counts.at(-1)! - a.counts.at(-1)!)
          .slice(0, top);
        for (const { from, counts } of followed) {
          if (slice.edges.length === MOST_EDGES) return slice;
          slice.edges.push({ ...this.#edge(from, to, counts), level });
          if (growing.length === 0 || seen.has(from)) continue;
          seen.add(from);
          next.push(from);
        }
      }
      classes = next;
    }
    return slice;
  }

  #edge(from: number, to: number, counts: Count[]): ClassEdge {
    const monotone = counts.every((count, at) => at === 0 || count > counts[at - 1]!);
    return { from: this.#labels[from]!, to: this.#labels[to]!, counts, monotone };
  }
}

function grownBy(counts: readonly Count[]): Count {
  return counts.at(-1)! - counts[0]!;
}

/** Pair → number of its class label, the same for the same label in all snapshots. O(pairs). */
function classOfPairs({ pairs, descriptors, strings }: HeapSnapshot, ids: Map<string, number>): Uint32Array {
  const ofDescriptor = Uint32Array.from(descriptors.label, text =>
    getOrAdd(ids, strings.text(text), () => ids.size),
  );
  return pairs.descriptor.map(descriptor => ofDescriptor[descriptor]!);
}

function* countEdges(snapshot: HeapSnapshot, classOf: Uint32Array): Steps<EdgeCounts> {
  const { objects, pair, references } = snapshot;
  const { first, targets } = references;
  const counts = new EdgeCounts();
  const countRange = (start: number, stop: number) => {
    for (let object = start; object < stop; object++) {
      const from = classOf[pair[object]!]!;
      const end = first[object + 1]!;
      for (let at = first[object]!; at < end; at++) counts.add(from, classOf[pair[targets[at]!]!]!);
    }
  };
  for (let start = 0; start < objects; start += STRIDE) {
    countRange(start, Math.min(objects, start + STRIDE));
    yield start / objects;
  }
  return counts;
}

/** Counts of pairs of numbers, in a table with open addressing: nothing is made for a reference. */
class EdgeCounts {
  #from = new Int32Array(1024).fill(-1);
  #to = new Int32Array(1024);
  #counts = new Float64Array(1024);
  #used = 0;

  add(from: number, to: number): void {
    const at = this.#slot(from, to);
    if (this.#from[at] === -1) {
      this.#from[at] = from;
      this.#to[at] = to;
      this.#used++;
    }
    this.#counts[at]!++;
    if (this.#used * 2 > this.#from.length) this.#grow();
  }

  forEach(visit: (from: number, to: number, count: Count) => void): void {
    for (let at = 0; at < this.#from.length; at++) {
      if (this.#from[at] !== -1) visit(this.#from[at]!, this.#to[at]!, this.#counts[at]!);
    }
  }

  /** The place of a pair, or the free one that it would take. */
  #slot(from: number, to: number): number {
    const mask = this.#from.length - 1;
    let at = (Math.imul(from, 0x9e3779b1) ^ Math.imul(to, 0x85ebca6b)) >>> 0;
    at = (at ^ (at >>> 15)) & mask;
    while (this.#from[at] !== -1 && (this.#from[at] !== from || this.#to[at] !== to)) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const [from, to, counts] = [this.#from, this.#to, this.#counts];
    this.#from = new Int32Array(from.length * 2).fill(-1);
    this.#to = new Int32Array(from.length * 2);
    this.#counts = new Float64Array(from.length * 2);
    for (let old = 0; old < from.length; old++) {
      if (from[old] === -1) continue;
      const at = this.#slot(from[old]!, to[old]!);
      this.#from[at] = from[old]!;
      this.#to[at] = to[old]!;
      this.#counts[at] = counts[old]!;
    }
  }
}
