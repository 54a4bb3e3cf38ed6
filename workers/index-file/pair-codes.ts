import type { PairTable } from '../model/heap-snapshot.ts';
import { folded, NumberReader, NumberWriter, type PackedNumbers, unfolded } from './numbers.ts';

/** The packed pairs of a heap, without columns that are computed from their objects. */
export interface PackedPairs {
  descriptor: Uint32Array;
  allocation: Uint32Array;
  layout: Uint32Array;
  classObject: PackedNumbers;
}

/** Packs pairs. Those of one descriptor mostly have the same class. O(pairs). */
export function packPairs({ length, descriptor, allocation, layout, classObject }: PairTable): PackedPairs {
  const classes = new NumberWriter(length);
  const last = new Map<number, number>();
  for (let pair = 0; pair < length; pair++) {
    classes.put(folded(classObject[pair]! - (last.get(descriptor[pair]!) ?? 0)));
    last.set(descriptor[pair]!, classObject[pair]!);
  }
  return { descriptor, allocation, layout, classObject: classes.packed() };
}

/** Unpacks the pairs, without their sums. */
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
