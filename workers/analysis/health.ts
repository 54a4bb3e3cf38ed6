import { type HeapSnapshot, hasTrait, shallowBytesOf } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import { wordBytesOf } from '../model/word-size.ts';
import type { HealthPart, HeapHealth } from '../protocol/overview.ts';
import { type Family, Trait } from '../protocol/vocabulary.ts';
import { isClassLike } from './descriptors.ts';

/** Words at the start of each object that belong to the runtime: flags and class. */
const HEADER_WORDS = 2;

/** How bytes beyond header and references are counted, by descriptor. */
enum Rest {
  /** All of them are the value. */
  value,
  /** As many of them as its length are text. */
  text,
  code,
  other,
}

/**
 * What the bytes of a set are used for (numbers.md#health): text and numbers, references, headers, code, and the rest.
 * They add up to its shallow bytes. O(n).
 */
export function* healthOf(snapshot: HeapSnapshot, set: ObjectSet): Steps<HeapHealth> {
  const { pairs, pair, flags, contentLength, references, objects } = snapshot;
  const wordBytes = wordBytesOf(snapshot);
  const restOf = Uint8Array.from(snapshot.descriptors.words, ({ family }, id) =>
    restOfDescriptor(snapshot, family, id),
  );
  const bytes: Record<HealthPart, number> = { payload: 0, references: 0, headers: 0, code: 0, rest: 0 };
  const add = (object: number, length: number) => {
    const own = shallowBytesOf(snapshot, object);
    const header = Math.min(own, HEADER_WORDS * wordBytes);
    const rest = restOf[pairs.descriptor[pair[object]!]!]!;
    bytes.headers += header;
    let left = own - header;
    if (rest === Rest.code) {
      bytes.code += left;
      return;
    }
    const count = references.first[object + 1]! - references.first[object]!;
    const referring = Math.min(left, count * wordBytes);
    bytes.references += referring;
    left -= referring;
    const payload = rest === Rest.value ? left : rest === Rest.text ? Math.min(left, length) : 0;
    bytes.payload += payload;
    bytes.rest += left - payload;
  };
  let entry = 0;
  for (let object = 0; object < objects; object++) {
    const length = (flags[object]! & ObjectFlag.hasLength) === 0 ? 0 : contentLength.values[entry++]!;
    if (set.has(object)) add(object, (flags[object]! & ObjectFlag.shared) === 0 ? length : 0);
    if (object % STRIDE === 0) yield object / objects;
  }
  return { bytes, shallowBytes: set.shallowBytes };
}

function restOfDescriptor(snapshot: HeapSnapshot, family: Family, descriptor: number): Rest {
  if (family === 'internal' || isClassLike(snapshot, descriptor)) return Rest.code;
  if (hasTrait(snapshot, descriptor, Trait.boxed)) return Rest.value;
  return hasTrait(snapshot, descriptor, Trait.text) ? Rest.text : Rest.other;
}
