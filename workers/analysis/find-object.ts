import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { readObjectReference } from '../protocol/object-reference.ts';
import type { ObjectIndex } from '../protocol/units.ts';

/** The object ids in records (numbers.md#object-id). Twelve bytes each. */
export class ObjectIds {
  readonly #ids: BigUint64Array;
  readonly #objects: Uint32Array;

  /** O(n log n), n = ids. If several objects have one id, as in a damaged dump, the first in the file counts. */
  constructor(pairs: readonly { id: bigint; object: ObjectIndex }[]) {
    const sorted = [...pairs].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.object - b.object));
    this.#ids = BigUint64Array.from(sorted, pair => pair.id);
    this.#objects = Uint32Array.from(sorted, pair => pair.object);
  }

  /** The object with an id, or -1. O(log n). */
  objectOf(id: bigint): ObjectIndex {
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ids[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return this.#ids[low] === id ? this.#objects[low]! : -1;
  }
}

/** What is needed to find an object by its text in a console. */
export interface FindContext {
  snapshot: HeapSnapshot;
  /** The address that an object id represents, in Ruby versions where one follows from the other; otherwise null. */
  addressOfId(id: bigint): bigint | null;
  /** The ids in records; null if there are none, or they have not been read yet. */
  ids: ObjectIds | null;
}

/**
 * The object that a text denotes in the form Ruby prints (see `readObjectReference`), or -1. Ambiguous digits are
 * taken for an id in a record, else for an id that stands for an address, else for an address without `0x`. O(log
 * pages).
 */
export function findObject({ snapshot, addressOfId, ids }: FindContext, text: string): ObjectIndex {
  const reference = readObjectReference(text);
  if (reference === null) return -1;
  if (reference.kind === 'address') return objectAt(snapshot, reference.address);
  const inRecords = ids?.objectOf(reference.id) ?? -1;
  if (inRecords >= 0) return inRecords;
  for (const address of [addressOfId(reference.id), reference.address]) {
    const object = address === null ? -1 : objectAt(snapshot, address);
    if (object >= 0) return object;
  }
  return -1;
}

/** Whether a text can be an object id, so that {@link FindContext.ids} are needed. */
export function canBeObjectId(text: string): boolean {
  return readObjectReference(text)?.kind === 'id';
}

function objectAt({ pages }: HeapSnapshot, address: bigint): ObjectIndex {
  return pages.objectAtAddress(address);
}
