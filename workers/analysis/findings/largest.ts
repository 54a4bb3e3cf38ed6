import type { Bytes, Count, ObjectIndex } from '../../protocol/units.ts';

/** The objects with the most bytes of those that were added, at most `count`. O(1) for most that are added. */
export class Largest {
  readonly #count: Count;
  /** The largest so far, unordered, with the bytes of each. */
  readonly #kept: { object: ObjectIndex; bytes: Bytes }[] = [];
  #least = Number.NEGATIVE_INFINITY;

  constructor(count: Count) {
    this.#count = count;
  }

  add(object: ObjectIndex, bytes: Bytes): void {
    if (bytes < this.#least) return;
    this.#kept.push({ object, bytes });
    if (this.#kept.length < 2 * this.#count + 64) return;
    const sorted = this.#sorted();
    this.#kept.splice(0, this.#kept.length, ...sorted);
    this.#least = sorted.at(-1)!.bytes;
  }

  /** The largest first; of equal ones the first of the heap. */
  get objects(): ObjectIndex[] {
    return this.#sorted().map(({ object }) => object);
  }

  #sorted(): { object: ObjectIndex; bytes: Bytes }[] {
    return this.#kept.toSorted((a, b) => b.bytes - a.bytes || a.object - b.object).slice(0, this.#count);
  }
}

/** The same of some objects. O(objects). */
export function largestOf(
  objects: Iterable<ObjectIndex>,
  count: Count,
  bytesOf: (object: ObjectIndex) => Bytes,
): ObjectIndex[] {
  const largest = new Largest(count);
  for (const object of objects) largest.add(object, bytesOf(object));
  return largest.objects;
}
