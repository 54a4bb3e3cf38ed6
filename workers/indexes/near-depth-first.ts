import { grown } from '../model/growable.ts';
import type { Steps } from '../model/steps.ts';
import { DepthFirst } from './depth-first.ts';
import type { EdgeBuckets } from './edge-buckets.ts';
import type { RetentionEdges } from './retention-edges.ts';
import type { SpareColumns } from './spare-columns.ts';

/** Looks up edges and numbers directly: with locality, they are near those looked up before. */
export class NearDepthFirst extends DepthFirst {
  readonly #number: Uint32Array;
  /** A bit for each object whose references are left out; null if there is no such rule. */
  readonly #isLeftOut: Int32Array | null;

  constructor(edges: RetentionEdges, kinds: number, rootEdges: number, spare: SpareColumns) {
    super(edges, kinds, rootEdges, spare);
    this.#number = spare.take(edges.objects).fill(0);
    this.#isLeftOut = edges.leftOut === 0 ? null : leftOutBits(edges);
  }

  numbers(): Uint32Array {
    return this.#number;
  }

  *otherEdges(): Steps<EdgeBuckets> {
    yield 1; // Nothing to do: the edges are complete.
    return this.others;
  }

  protected run(budget: number): boolean {
    const { vertex, parent, others, numbered } = this;
    const number = this.#number;
    const isLeftOut = this.#isLeftOut;
    const { forward, classObjects, pair } = this.edges;
    const { first, targets } = forward;
    let { stack, height, count } = this;
    for (let left = budget; height > 0 && left > 0; left--) {
      height -= 2;
      const object = stack[height]!;
      const above = stack[height + 1]!;
      const bit = 1 << (object & 31);
      const bits = numbered[object >>> 5]!;
      if ((bits & bit) !== 0) {
        others.add(above, number[object]!);
        continue;
      }
      const own = count++;
      numbered[object >>> 5] = bits | bit;
      number[object] = own;
      vertex[own] = object;
      parent[own] = above;
      const end = first[object + 1]!;
      let start = first[object]!;
      if (isLeftOut !== null && (isLeftOut[object >>> 5]! & bit) !== 0) {
        start = end;
        this.leftOut.push(object);
      }
      left -= end - start;
      const needed = height + (end - start + 1) * 2;
      if (needed > stack.length) {
        stack = grown(stack, needed);
        this.stack = stack;
      }
      // Pushed in reverse order, with the class at the bottom, so that the first reference is on top.
      const classObject = classObjects === null ? -1 : classObjects[pair[object]!]!;
      if (classObject >= 0) {
        if (((numbered[classObject >>> 5]! >>> (classObject & 31)) & 1) !== 0) {
          others.add(own, number[classObject]!);
        } else {
          stack[height++] = classObject;
          stack[height++] = own;
        }
      }
      for (let at = end - 1; at >= start; at--) {
        const target = targets[at]!;
        if (((numbered[target >>> 5]! >>> (target & 31)) & 1) !== 0) {
          others.add(own, number[target]!);
        } else {
          stack[height++] = target;
          stack[height++] = own;
        }
      }
    }
    this.height = height;
    this.count = count;
    return height > 0;
  }
}

function leftOutBits(edges: RetentionEdges): Int32Array {
  const bits = new Int32Array((edges.objects + 31) >>> 5);
  for (let object = 0; object < edges.objects; object++) {
    if ((edges.flags[object]! & edges.leftOut) !== 0) bits[object >>> 5]! |= 1 << (object & 31);
  }
  return bits;
}
