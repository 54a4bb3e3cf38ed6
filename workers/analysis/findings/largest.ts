import type { Bytes, Count, ObjectIndex } from '../../protocol/units.ts';

/** The objects with the most bytes of those that were added, at most `count`. Adding takes O(1) for most objects. */
export class Largest {
  readonly #count: Count;
  /** The largest so far, unordered, with the bytes of each. */
  readonly #kept: { object: ObjectIndex; bytes: Bytes }[] = [];
  /** The last of them, once there are `count`. */
  #last: { object: ObjectIndex; bytes: Bytes } | null = null;

  constructor(count: Count) {
    this.#count = count;
  }

  add(object: ObjectIndex, bytes: Bytes): void {
    const last = this.#last;
    if (last !== null && (bytes < last.bytes || (bytes === last.bytes && object > last.object))) return;
    this.#kept.push({ object, bytes });
    if (this.#kept.length < 2 * this.#count + 64) return;
    const sorted = this.#sorted();
    this.#kept.splice(0, this.#kept.length, ...sorted);
    this.#last = sorted.at(-1)!;
  }

  /** The largest first; if equal, the first in the heap. */
  get objects(): ObjectIndex[] {
    return this.#sorted().map(({ object }) => object);
  }

  #sorted(): { object: ObjectIndex; bytes: Bytes }[] {
    return this.#kept.toSorted((a, b) => b.bytes - a.bytes || a.object - b.object).slice(0, this.#count);
  }
}

/** The largest of some objects. O(objects). */
export function largestOf(
  objects: Iterable<ObjectIndex>,
  count: Count,
  bytesOf: (object: ObjectIndex) => Bytes,
): ObjectIndex[] {
  const largest = new Largest(count);
  for (const object of objects) largest.add(object, bytesOf(object));
  return largest.objects;
}
