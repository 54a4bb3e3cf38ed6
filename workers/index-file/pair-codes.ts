import type { HeapSnapshot, PairTable } from '../model/heap-snapshot.ts';
import { LARGE_SHALLOW } from '../model/snapshot-builder.ts';
import type { Bytes, ObjectIndex } from '../protocol/units.ts';
import { folded, NumberReader, NumberWriter, type PackedNumbers, unfolded } from './numbers.ts';

/** The pairs of a heap, packed: what follows from their objects is left out. */
export interface PackedPairs {
  descriptor: Uint32Array;
  allocation: Uint32Array;
  layout: Uint32Array;
  classObject: PackedNumbers;
}

/** O(pairs). Pairs of one descriptor mostly have one class. */
export function packPairs({ length, descriptor, allocation, layout, classObject }: PairTable): PackedPairs {
  const classes = new NumberWriter(length);
  const last = new Map<number, number>();
  for (let pair = 0; pair < length; pair++) {
    classes.put(folded(classObject[pair]! - (last.get(descriptor[pair]!) ?? 0)));
    last.set(descriptor[pair]!, classObject[pair]!);
  }
  return { descriptor, allocation, layout, classObject: classes.packed() };
}

/** The pairs again, without their sums: see {@link sumPairs}. */
export function unpackPairs(packed: PackedPairs): PairTable {
  const { descriptor, allocation, layout } = packed;
  const { length } = descriptor;
  const classes = new NumberReader(packed.classObject);
  const classObject = new Int32Array(length);
  const last = new Map<number, number>();
  for (let pair = 0; pair < length; pair++) {
    const found = (last.get(descriptor[pair]!) ?? 0) + unfolded(classes.next());
    classObject[pair] = found;
    last.set(descriptor[pair]!, found);
  }
  return {
    length,
    descriptor,
    allocation,
    layout,
    classObject,
    objects: new Uint32Array(length),
    shallowBytes: new Float64Array(length),
  };
}

/** Counts the objects of each pair, and their bytes. O(objects). */
export function sumPairs(
  { objects, shallowBytes }: PairTable,
  { pair, shallow }: Pick<HeapSnapshot, 'pair' | 'shallow'>,
  largeShallow: ReadonlyMap<ObjectIndex, Bytes>,
): void {
  for (let object = 0; object < pair.length; object++) {
    const bytes = shallow[object]!;
    objects[pair[object]!]!++;
    shallowBytes[pair[object]!]! += bytes === LARGE_SHALLOW ? largeShallow.get(object)! : bytes;
  }
}
