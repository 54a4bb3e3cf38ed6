import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { folded, NumberReader, NumberWriter, type PackedNumbers, unfolded } from './numbers.ts';
import { REMEMBERED, RecentValues } from './recent-values.ts';

/** What each object has, packed. */
export interface PackedObjects {
  pair: PackedNumbers;
  shallow: PackedNumbers;
  flags: PackedNumbers;
}

type ObjectColumns = Pick<HeapSnapshot, 'pair' | 'shallow' | 'flags'>;
type Pairs = Pick<HeapSnapshot['pairs'], 'descriptor'>;

/** The size is that of the object before of the same type and class. */
const SAME = 0;
/** The size itself follows. */
const HUGE = 1;
const FIRST_SIZE = 2;

/**
 * Packs what each object has. Pairs are numbered in the order in which they come, so the next one is new, or one of the last
 * ones, or else counts back from the newest. Sizes and flags are those of the object before of the same type and class, or
 * else given. O(objects).
 */
export function packObjects(
  { pair, shallow, flags }: ObjectColumns,
  pairs: Pairs,
  descriptors: number,
): PackedObjects {
  const { length } = pair;
  const packed = {
    pair: new NumberWriter(length),
    shallow: new NumberWriter(length * 2),
    flags: new NumberWriter(length),
  };
  const recent = new RecentValues(1);
  const last = { shallow: new Uint32Array(descriptors), flags: new Uint16Array(descriptors) };
  let next = 0;
  for (let object = 0; object < length; object++) {
    const id = pair[object]!;
    const found = recent.find(0, id);
    packed.pair.put(found >= 0 ? found : REMEMBERED + folded(next - id));
    if (id >= next) next = id + 1;
    const descriptor = pairs.descriptor[id]!;
    const bytes = shallow[object]!;
    if (bytes === last.shallow[descriptor]) packed.shallow.put(SAME);
    else putSize(packed.shallow, bytes);
    last.shallow[descriptor] = bytes;
    const bits = flags[object]!;
    packed.flags.put(bits ^ last.flags[descriptor]!);
    last.flags[descriptor] = bits;
  }
  return { pair: packed.pair.packed(), shallow: packed.shallow.packed(), flags: packed.flags.packed() };
}

/** The columns again. O(objects). */
export function unpackObjects(packed: PackedObjects, pairs: Pairs, descriptors: number): ObjectColumns {
  const reader = {
    pair: new NumberReader(packed.pair),
    shallow: new NumberReader(packed.shallow),
    flags: new NumberReader(packed.flags),
  };
  const { length } = reader.pair;
  const pair = new Uint32Array(length);
  const shallow = new Uint32Array(length);
  const flags = new Uint16Array(length);
  const recent = new RecentValues(1);
  const last = { shallow: new Uint32Array(descriptors), flags: new Uint16Array(descriptors) };
  let next = 0;
  for (let object = 0; object < length; object++) {
    const code = reader.pair.next();
    let id: number;
    if (code < REMEMBERED) id = recent.take(0, code);
    else {
      id = next - unfolded(code - REMEMBERED);
      recent.add(0, id);
      if (id >= next) next = id + 1;
    }
    pair[object] = id;
    const descriptor = pairs.descriptor[id]!;
    const size = reader.shallow.next();
    if (size !== SAME) last.shallow[descriptor] = sizeOf(size, reader.shallow);
    shallow[object] = last.shallow[descriptor]!;
    last.flags[descriptor]! ^= reader.flags.next();
    flags[object] = last.flags[descriptor]!;
  }
  return { pair, shallow, flags };
}

/** Sizes are mostly small multiples of 8: rotated, these are small numbers. */
function putSize(sizes: NumberWriter, bytes: number): void {
  if (bytes >= 2 ** 31) {
    sizes.put(HUGE);
    sizes.put(bytes);
  } else sizes.put(FIRST_SIZE + (((bytes >>> 3) | (bytes << 29)) >>> 0));
}

function sizeOf(code: number, sizes: NumberReader): number {
  if (code === HUGE) return sizes.next();
  const rotated = code - FIRST_SIZE;
  return ((rotated << 3) | (rotated >>> 29)) >>> 0;
}
