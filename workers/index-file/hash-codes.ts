import { ObjectFlag } from '../model/object-flags.ts';
import { folded, NumberReader, NumberWriter, type PackedNumbers, unfolded } from './numbers.ts';
import { NO_LENGTH, type ObjectColumns } from './object-codes.ts';
import { placeOf, REMEMBERED, RecentValues } from './recent-values.ts';

/** Hashes of texts, packed. */
export interface PackedHashes {
  /** Each different hash once, in the order in which they come. They are random bits: nothing makes them smaller. */
  distinct: Uint32Array;
  /** For each hash, which of them it is. */
  which: PackedNumbers;
}

/** The hash that came after the one before when that came first: texts that repeat often do so in a row. */
const FOLLOWING = 0;
/** One that did not occur before. */
const NEW = 1;
const FIRST_RECENT = 2;
const FIRST_DISTANCE = FIRST_RECENT + REMEMBERED;

/** What is known of the objects by which the hashes of their texts are packed. */
type Objects = Pick<ObjectColumns, 'flags' | 'lengths'>;

/**
 * Packs the hashes of texts, in the order of the objects. A hash that occurred before is given by its place among the
 * most recent ones of that length, or by its distance. O(objects).
 */
export function packHashes(hashes: Uint32Array, { flags, lengths }: Objects): PackedHashes {
  const codes = new NumberWriter(hashes.length);
  const recent = new RecentValues();
  const ids = new Map<number, number>();
  let last = -1;
  let read = 0;
  let lengthsRead = 0;
  for (const bits of flags) {
    const length = (bits & ObjectFlag.hasLength) === 0 ? NO_LENGTH : lengths[lengthsRead++]!;
    if ((bits & ObjectFlag.hasValue) === 0) continue;
    const hash = hashes[read++]!;
    const known = ids.get(hash);
    const id = known ?? ids.size;
    const found = recent.find(placeOf(length, 0), id);
    if (known === undefined) {
      ids.set(hash, id);
      codes.put(NEW);
    } else if (id === last + 1) codes.put(FOLLOWING);
    else codes.put(found >= 0 ? FIRST_RECENT + found : FIRST_DISTANCE + folded(last - id));
    last = id;
  }
  return { distinct: Uint32Array.from(ids.keys()), which: codes.packed() };
}

/** The hashes again. O(objects). */
export function unpackHashes({ distinct, which }: PackedHashes, { flags, lengths }: Objects): Uint32Array {
  const codes = new NumberReader(which);
  const hashes = new Uint32Array(codes.length);
  const recent = new RecentValues();
  let next = 0;
  let last = -1;
  let written = 0;
  let lengthsRead = 0;
  for (let object = 0; object < flags.length; object++) {
    const bits = flags[object]!;
    const length = (bits & ObjectFlag.hasLength) === 0 ? NO_LENGTH : lengths[lengthsRead++]!;
    if ((bits & ObjectFlag.hasValue) === 0) continue;
    const place = placeOf(length, 0);
    const code = codes.next();
    let id: number;
    if (code >= FIRST_RECENT && code < FIRST_DISTANCE) id = recent.take(place, code - FIRST_RECENT);
    else {
      if (code === NEW) id = next++;
      else id = code === FOLLOWING ? last + 1 : last - unfolded(code - FIRST_DISTANCE);
      recent.find(place, id);
    }
    hashes[written++] = distinct[id]!;
    last = id;
  }
  return hashes;
}
