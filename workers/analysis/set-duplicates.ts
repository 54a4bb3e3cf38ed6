import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { DuplicateSortKey } from '../protocol/questions/sort-keys.ts';
import type { Duplicates } from '../protocol/strings.ts';
import type { DuplicateStrings } from './duplicate-strings.ts';
import { radixOrder } from './radix-order.ts';

/** The texts that at least two members of a set have, as columns. */
export interface SetDuplicates {
  length: number;
  /** Number of the text in {@link DuplicateStrings}. */
  text: Uint32Array;
  copies: Float64Array;
  shallowBytes: Float64Array;
  /** Shallow bytes of all copies but the largest. */
  wastedBytes: Float64Array;
}

/** O(strings that have duplicates). */
export function* duplicatesIn(
  snapshot: HeapSnapshot,
  { objects, first }: DuplicateStrings,
  set: ObjectSet,
): Steps<SetDuplicates> {
  const texts = first.length - 1;
  const text = new Uint32Array(texts);
  const copies = new Float64Array(texts);
  const shallowBytes = new Float64Array(texts);
  const wastedBytes = new Float64Array(texts);
  let length = 0;
  for (let each = 0, next = 0; each < texts; each++) {
    if (first[each]! >= next) {
      yield each / texts;
      next = first[each]! + STRIDE;
    }
    let members = 0;
    let bytes = 0;
    let largest = 0;
    for (let at = first[each]!; at < first[each + 1]!; at++) {
      const object = objects[at]!;
      if (!set.has(object)) continue;
      const own = shallowBytesOf(snapshot, object);
      members++;
      bytes += own;
      if (own > largest) largest = own;
    }
    if (members < 2) continue;
    text[length] = each;
    copies[length] = members;
    shallowBytes[length] = bytes;
    wastedBytes[length++] = bytes - largest;
  }
  const used = <T extends Uint32Array | Float64Array>(column: T) => column.subarray(0, length) as T;
  return {
    length,
    text: used(text),
    copies: used(copies),
    shallowBytes: used(shallowBytes),
    wastedBytes: used(wastedBytes),
  };
}

/** Their totals. O(texts). */
export function sumOf({ length, copies, wastedBytes }: SetDuplicates): Duplicates {
  const sum = (column: Float64Array) => column.reduce((total, each) => total + each, 0);
  return { groups: length, count: sum(copies), bytes: sum(wastedBytes) };
}

/** Their positions in a sort order; equal ones in the order of the file. O(texts). */
export function orderOf(
  snapshot: HeapSnapshot,
  duplicates: DuplicateStrings,
  inSet: SetDuplicates,
  sort: DuplicateSortKey,
  descending: boolean,
): Uint32Array {
  if (sort !== 'length') return radixOrder(inSet[sort], descending);
  const { objects, first } = duplicates;
  const lengths = Float64Array.from(
    inSet.text,
    text => snapshot.contentLength.of(objects[first[text]!]!) ?? 0,
  );
  return radixOrder(lengths, descending);
}

/** The members of a set that have a text, ascending. O(strings of the text). */
export function copiesIn({ objects, first }: DuplicateStrings, set: ObjectSet, text: number): Uint32Array {
  return objects.subarray(first[text]!, first[text + 1]!).filter(object => set.has(object));
}
