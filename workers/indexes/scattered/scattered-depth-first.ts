import { grown } from '../../model/growable.ts';
import { part, STRIDE, type Steps } from '../../model/steps.ts';
import { DepthFirst } from '../depth-first.ts';
import type { EdgeBuckets } from '../edge-buckets.ts';
import type { RetentionEdges } from '../retention-edges.ts';
import type { SpareColumns } from '../spare-columns.ts';

/** Words of an object's row: the class, and up to three references. A quarter of a cache line. */
export const ROW = 4;
/** In a row: no edge. */
const NONE = -1;
/** Instead of the first reference: more references than fit into the row. */
const MANY = -2;
/** Instead of the first reference: the references are left out. */
const LEFT_OUT = -3;

/**
 * Without locality every lookup is a cache miss, and the search has to wait for each of them, since it cannot know what
 * it will need next. So what it needs about most objects is copied into one row per object: one miss per object instead
 * of three (the start of its references, the references, its class). Edges are stored by target object, and renamed to
 * numbers at the end, in ranges of objects that fit into the cache.
 *
 * Takes 16 more bytes per object while it runs, in memory that the dominators need afterwards.
 */
export class ScatteredDepthFirst extends DepthFirst {
  readonly #rows: Int32Array;
  /** Signed, like the rows, so that V8 sees one kind of array. */
  readonly #targets: Int32Array;
  readonly #number: Uint32Array;
  /** Numbers from here on have not been entered in `#number`. */
  #unentered = 1;
  readonly #spare: SpareColumns;

  constructor(edges: RetentionEdges, kinds: number, rootEdges: number, spare: SpareColumns) {
    const rows = spare.take(edges.objects * ROW);
    super(edges, kinds, rootEdges, spare);
    this.#rows = signed(rows);
    this.#targets = signed(edges.forward.targets);
    this.#number = spare.take(edges.objects).fill(0);
    this.#spare = spare;
  }

  /** Fills the rows, before the search starts. O(n). */
  *prepare(): Steps<void> {
    const { objects } = this.edges;
    for (let start = 0; start < objects; start += STRIDE) {
      this.#fill(start, Math.min(objects, start + STRIDE));
      yield start / objects;
    }
  }

  #fill(from: number, to: number): void {
    const { forward, classObjects, pair, flags, leftOut } = this.edges;
    const { first } = forward;
    const rows = this.#rows;
    const targets = this.#targets;
    let start = first[from]!;
    for (let object = from; object < to; object++) {
      const end = first[object + 1]!;
      const row = object * ROW;
      rows[row] = classObjects === null ? NONE : classObjects[pair[object]!]!;
      if ((flags[object]! & leftOut) !== 0) rows[row + 1] = LEFT_OUT;
      else if (end - start > ROW - 1) rows[row + 1] = MANY;
      else {
        rows[row + 1] = start < end ? targets[start]! : NONE;
        rows[row + 2] = start + 1 < end ? targets[start + 1]! : NONE;
        rows[row + 3] = start + 2 < end ? targets[start + 2]! : NONE;
      }
      start = end;
    }
  }

  numbers(): Uint32Array {
    const { vertex, count } = this;
    const number = this.#number;
    for (let own = this.#unentered; own < count; own++) {
      const object = vertex[own]!;
      if (object < number.length) number[object] = own;
    }
    this.#unentered = count;
    return number;
  }

  *otherEdges(): Steps<EdgeBuckets> {
    this.#spare.give(new Uint32Array(this.#rows.buffer, this.#rows.byteOffset, this.#rows.length));
    yield* part(0.99, 1, this.others.rename(this.numbers(), this.vertex.length));
    return this.others;
  }

  protected run(budget: number): boolean {
    const { vertex, parent, others, numbered } = this;
    const rows = this.#rows;
    const { first } = this.edges.forward;
    let { stack, height, count } = this;
    for (let left = budget; height > 0 && left > 0; left--) {
      height -= 2;
      const object = stack[height]!;
      const above = stack[height + 1]!;
      const bit = 1 << (object & 31);
      const bits = numbered[object >>> 5]!;
      if ((bits & bit) !== 0) {
        others.add(above, object);
        continue;
      }
      const own = count++;
      numbered[object >>> 5] = bits | bit;
      vertex[own] = object;
      parent[own] = above;
      const row = object * ROW;
      let list = rows;
      let start = row + 1;
      let end = row + ROW;
      const head = rows[start]!;
      if (head === MANY) {
        list = this.#targets;
        start = first[object]!;
        end = first[object + 1]!;
      } else if (head === LEFT_OUT) {
        end = start;
        this.leftOut.push(object);
      } else while (end > start && rows[end - 1] === NONE) end--;
      left -= end - start;
      const needed = height + (end - start + 1) * 2;
      if (needed > stack.length) {
        stack = grown(stack, needed);
        this.stack = stack;
      }
      // Pushed in reverse order, with the class at the bottom, so that the first reference is on top.
      const classObject = rows[row]!;
      if (classObject !== NONE) {
        if (((numbered[classObject >>> 5]! >>> (classObject & 31)) & 1) !== 0) others.add(own, classObject);
        else {
          stack[height++] = classObject;
          stack[height++] = own;
        }
      }
      for (let at = end - 1; at >= start; at--) {
        const target = list[at]!;
        if (((numbered[target >>> 5]! >>> (target & 31)) & 1) !== 0) others.add(own, target);
        else {
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

function signed({ buffer, byteOffset, length }: Uint32Array): Int32Array {
  return new Int32Array(buffer, byteOffset, length);
}
