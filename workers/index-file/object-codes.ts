import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { folded, NumberReader, NumberWriter, type PackedNumbers, unfolded } from './numbers.ts';
import { PLACES, placeOf, REMEMBERED, RecentValues } from './recent-values.ts';

/** What each object has, packed. */
export interface PackedObjects {
  pair: PackedNumbers;
  flags: PackedNumbers;
  lengths: PackedNumbers;
  shallow: PackedNumbers;
}

/** Columns over objects. */
export interface ObjectColumns extends Pick<HeapSnapshot, 'pair' | 'shallow' | 'flags'> {
  /** Lengths of those that have one, in their order. */
  lengths: Uint32Array;
}

type Pairs = Pick<HeapSnapshot['pairs'], 'descriptor'>;

/** Codes of a size that is as expected, of one that follows as it is, and of the first one of all others. */
const SAME = 0;
const HUGE = 1;
const FIRST_SIZE = 2;
/** The same for lengths; codes below are those of recent ones. */
const HUGE_LENGTH = REMEMBERED;
const FIRST_LENGTH = REMEMBERED + 1;
/** Numbers from here on follow as they are. */
const HUGE_FROM = 2 ** 31;

/** Length that objects without one have for {@link placeOf}. */
export const NO_LENGTH = -1;

/**
 * Packs what each object has. Pairs are numbered in the order in which they come, so the next one is new, or one of the last
 * ones, or else counts back from the newest. Flags are those of the object before of the same pair, lengths one of the last
 * ones of the pair, and sizes those of the object before of the same type, class and length, or else given. O(objects).
 */
export function packObjects({ pair, shallow, flags, lengths }: ObjectColumns, pairs: Pairs): PackedObjects {
  const { length } = pair;
  const packed = {
    pair: new NumberWriter(length),
    flags: new NumberWriter(length),
    lengths: new NumberWriter(lengths.length * 2),
    shallow: new NumberWriter(length * 2),
  };
  const expected = new Expected(pairs.descriptor.length);
  let next = 0;
  let lengthsRead = 0;
  for (let object = 0; object < length; object++) {
    const id = pair[object]!;
    const found = expected.pairs.find(0, id);
    packed.pair.put(found >= 0 ? found : REMEMBERED + folded(next - id));
    if (id >= next) next = id + 1;

    const bits = flags[object]!;
    packed.flags.put(bits ^ expected.flags[id]!);
    expected.flags[id] = bits;

    let long = NO_LENGTH;
    if ((bits & ObjectFlag.hasLength) !== 0) {
      long = lengths[lengthsRead++]!;
      putLength(packed.lengths, long, expected.lengths.find(placeOf(id, 0), long));
    }

    const place = placeOf(pairs.descriptor[id]!, long);
    const bytes = shallow[object]!;
    if (bytes === expected.shallow[place]) packed.shallow.put(SAME);
    else putSize(packed.shallow, bytes);
    expected.shallow[place] = bytes;
  }
  return {
    pair: packed.pair.packed(),
    flags: packed.flags.packed(),
    lengths: packed.lengths.packed(),
    shallow: packed.shallow.packed(),
  };
}

/** The columns again. `lengths`: how many objects have one. O(objects). */
export function unpackObjects(packed: PackedObjects, pairs: Pairs, lengthCount: number): ObjectColumns {
  const reader = {
    pair: new NumberReader(packed.pair),
    flags: new NumberReader(packed.flags),
    lengths: new NumberReader(packed.lengths),
    shallow: new NumberReader(packed.shallow),
  };
  const { length } = reader.pair;
  const pair = new Uint32Array(length);
  const shallow = new Uint32Array(length);
  const flags = new Uint16Array(length);
  const lengths = new Uint32Array(lengthCount);
  const expected = new Expected(pairs.descriptor.length);
  let next = 0;
  let lengthsRead = 0;
  for (let object = 0; object < length; object++) {
    const code = reader.pair.next();
    let id: number;
    if ((code & -REMEMBERED) === 0) id = expected.pairs.take(0, code);
    else {
      id = next - unfolded(code - REMEMBERED);
      expected.pairs.add(0, id);
      if (id >= next) next = id + 1;
    }
    pair[object] = id;

    const bits = expected.flags[id]! ^ reader.flags.next();
    expected.flags[id] = bits;
    flags[object] = bits;

    let long = NO_LENGTH;
    if ((bits & ObjectFlag.hasLength) !== 0) {
      const lengthCode = reader.lengths.next();
      if ((lengthCode & -REMEMBERED) === 0) long = expected.lengths.take(placeOf(id, 0), lengthCode);
      else {
        long = lengthCode === HUGE_LENGTH ? reader.lengths.next() : lengthCode - FIRST_LENGTH;
        expected.lengths.add(placeOf(id, 0), long);
      }
      lengths[lengthsRead++] = long;
    }

    const place = placeOf(pairs.descriptor[id]!, long);
    const size = reader.shallow.next();
    if (size !== SAME) expected.shallow[place] = sizeOf(size, reader.shallow);
    shallow[object] = expected.shallow[place]!;
  }
  return { pair, shallow, flags, lengths };
}

/** What the next object is expected to have, by what was before. Writer and reader each keep one. */
class Expected {
  readonly pairs = new RecentValues(1);
  readonly lengths = new RecentValues();
  readonly flags: Uint16Array;
  readonly shallow = new Uint32Array(PLACES);

  constructor(pairs: number) {
    this.flags = new Uint16Array(pairs);
  }
}

function putLength(lengths: NumberWriter, length: number, found: number): void {
  if (found >= 0) lengths.put(found);
  else if (length < HUGE_FROM) lengths.put(FIRST_LENGTH + length);
  else {
    lengths.put(HUGE_LENGTH);
    lengths.put(length);
  }
}

/** Sizes are mostly small multiples of 8: rotated, these are small numbers. */
function putSize(sizes: NumberWriter, bytes: number): void {
  if (bytes >= HUGE_FROM) {
    sizes.put(HUGE);
    sizes.put(bytes);
  } else sizes.put(FIRST_SIZE + (((bytes >>> 3) | (bytes << 29)) >>> 0));
}

function sizeOf(code: number, sizes: NumberReader): number {
  if (code === HUGE) return sizes.next();
  const rotated = code - FIRST_SIZE;
  return ((rotated << 3) | (rotated >>> 29)) >>> 0;
}
