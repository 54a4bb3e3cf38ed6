import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { Count } from '../protocol/units.ts';
import { getOrAdd } from './get-or-add.ts';

/**
 * How many references lead from objects of one class to objects of another, in one dump. Columns over pairs of classes.
 */
export interface ClassEdges {
  /** Class labels; `from` and `to` are positions in it. */
  labels: readonly string[];
  from: Int32Array;
  to: Int32Array;
  counts: Float64Array;
}

/** Counts the references between classes. O(n + e); memory grows with the distinct pairs of classes. */
export function* countClassEdges(snapshot: HeapSnapshot): Steps<ClassEdges> {
  const { objects, pair, pairs, descriptors, strings, references } = snapshot;
  const { first, targets } = references;
  const ids = new Map<string, number>();
  const ofDescriptor = Uint32Array.from(descriptors.label, text =>
    getOrAdd(ids, strings.text(text), () => ids.size),
  );
  const classOf = pairs.descriptor.map(descriptor => ofDescriptor[descriptor]!);
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
  return { labels: [...ids.keys()], ...counts.columns() };
}

/** Counts pairs of numbers, in a table with open addressing: no allocation per reference. */
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

  /** The pairs that were counted. */
  columns(): Pick<ClassEdges, 'from' | 'to' | 'counts'> {
    const used = Array.from(this.#from.keys()).filter(at => this.#from[at] !== -1);
    return {
      from: Int32Array.from(used, at => this.#from[at]!),
      to: Int32Array.from(used, at => this.#to[at]!),
      counts: Float64Array.from(used, (at): Count => this.#counts[at]!),
    };
  }

  /** The slot of a pair, or the free slot for it. */
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
