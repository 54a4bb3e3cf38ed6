import { setBit } from '../analysis/filter/bit-passes.ts';
import { textTest } from '../analysis/filter/text-tests.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { emptyBits } from '../model/object-set.ts';
import type { Pattern } from '../protocol/filter/filter.ts';
import type { Fraction } from '../protocol/units.ts';
import type { RecordStore } from './record-store.ts';

/** Objects whose text matches a pattern, as a bit each. Reads all texts from the file. O(n + text of the file). */
export async function searchTexts(
  snapshot: HeapSnapshot,
  records: RecordStore,
  pattern: Pattern,
  advance: (fraction: Fraction) => Promise<void>,
): Promise<Int32Array> {
  const objects = new Uint32Array(snapshot.contentHash.values.length);
  let count = 0;
  for (let object = 0; object < snapshot.objects; object++) {
    if ((snapshot.flags[object]! & ObjectFlag.hasValue) !== 0) objects[count++] = object;
  }
  const bits = emptyBits(snapshot.objects);
  const passes = textTest(pattern);
  await records.readTexts(
    objects.subarray(0, count),
    (at, text) => {
      if (text !== null && passes(text)) setBit(bits, objects[at]!);
    },
    advance,
  );
  return bits;
}
