import type { ClassEdge, GrowthRow, GrowthSlice } from '../protocol/comparison.ts';
import type { Count } from '../protocol/units.ts';
import type { ClassEdges } from './class-edges.ts';
import { getOrAdd } from './get-or-add.ts';

/** Maximum number of levels that are followed back. */
const MOST_LEVELS = 6;
/** Minimum growth of an edge that is followed, as a share of the largest growth of an edge into the same class. */
const NOISE = 0.02;
/** Maximum number of edges in a slice. */
const MOST_EDGES = 60;

/**
 * The number of references from objects of one class to objects of another, in each dump of a series. Classes are
 * identified by their labels, so dumps of different processes can be compared, and compaction does not matter.
 *
 * The idea is Cork's: M. Jump, K. S. McKinley, Cork: dynamic memory leak detection for garbage-collected languages
 * (2007).
 */
export class ClassGraph {
  readonly #labels: readonly string[];
  /** Label of the class that is referred to → the edges that lead to it. */
  readonly #edgesTo: ReadonlyMap<number, readonly { from: number; counts: Count[] }[]>;

  private constructor(
    labels: readonly string[],
    edgesTo: ReadonlyMap<number, readonly { from: number; counts: Count[] }[]>,
  ) {
    this.#labels = labels;
    this.#edgesTo = edgesTo;
  }

  /** `dumps`: the references between classes in each dump. O(pairs of classes). */
  static of(dumps: readonly ClassEdges[]): ClassGraph {
    const ids = new Map<string, number>();
    const edges = new Map<number, Map<number, Count[]>>();
    for (const [at, { labels, from, to, counts }] of dumps.entries()) {
      const idOf = labels.map(label => getOrAdd(ids, label, () => ids.size));
      for (const [edge, count] of counts.entries()) {
        const below = getOrAdd(edges, idOf[to[edge]!]!, () => new Map<number, Count[]>());
        getOrAdd(below, idOf[from[edge]!]!, () => dumps.map(() => 0))[at]! += count;
      }
    }
    const edgesTo = new Map(
      [...edges].map(([to, below]) => [to, [...below].map(([from, counts]) => ({ from, counts }))]),
    );
    return new ClassGraph([...ids.keys()], edgesTo);
  }

  /**
   * The edges from a class back to its holders, breadth first: for each class the `top` edges with the most new
   * references, without those that hardly grew in comparison. If none grows, those with the most references, and the
   * path ends there. `sizes`: of all classes.
   */
  sliceOf(label: string, top: Count, sizes: readonly GrowthRow[]): GrowthSlice {
    const edges = this.#edgesBackFrom(label, top);
    const inSlice = new Set([label, ...edges.flatMap(({ from, to }) => [to, from])]);
    const sizeOf = new Map(sizes.map(size => [size.label, size]));
    const classes = [...inSlice].flatMap(each => {
      const size = sizeOf.get(each);
      return size === undefined ? [] : [pickSizes(size)];
    });
    return { label, classes, edges };
  }

  #edgesBackFrom(label: string, top: Count): GrowthSlice['edges'] {
    const edges: GrowthSlice['edges'] = [];
    const start = this.#labels.indexOf(label);
    const seen = new Set([start]);
    let level = 1;
    for (let classes = start < 0 ? [] : [start]; classes.length > 0 && level <= MOST_LEVELS; level++) {
      const next: number[] = [];
      for (const to of classes) {
        const all = this.#edgesTo.get(to) ?? [];
        const most = all.reduce((largest, { counts }) => Math.max(largest, totalGrowth(counts)), 0);
        const growing = all.filter(({ counts }) => totalGrowth(counts) > NOISE * most);
        const followed = (growing.length > 0 ? growing : all)
          .toSorted(
            (a, b) => totalGrowth(b.counts) - totalGrowth(a.counts) || b.counts.at(-1)! - a.counts.at(-1)!,
          )
          .slice(0, top);
        for (const { from, counts } of followed) {
          if (edges.length === MOST_EDGES) return edges;
          edges.push({ ...this.#edge(from, to, counts), level });
          if (growing.length === 0 || seen.has(from)) continue;
          seen.add(from);
          next.push(from);
        }
      }
      classes = next;
    }
    return edges;
  }

  #edge(from: number, to: number, counts: Count[]): ClassEdge {
    const monotone = counts.every((count, at) => at === 0 || count > counts[at - 1]!);
    return { from: this.#labels[from]!, to: this.#labels[to]!, counts, monotone };
  }
}

function pickSizes({ label, counts, shallowBytes }: GrowthRow): GrowthSlice['classes'][number] {
  return { label, counts, shallowBytes };
}

function totalGrowth(counts: readonly Count[]): Count {
  return counts.at(-1)! - counts[0]!;
}
