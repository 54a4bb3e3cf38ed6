import { candidateStrings, type DuplicateStrings, TextComparison } from '../analysis/duplicate-strings.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { Fraction } from '../protocol/units.ts';
import type { RecordStore } from './record-store.ts';

/** Share of the work that does not need the file. */
const WITHOUT_FILE = 0.1;

/**
 * Groups all strings of equal text: those whose texts have equal hashes are read from the file and compared. O(n) and
 * O(text) of the file; `keptBytes` as for {@link TextComparison}.
 */
export async function findDuplicateStrings(
  snapshot: HeapSnapshot,
  records: RecordStore,
  advance: (fraction: Fraction) => Promise<void>,
  keptBytes?: number,
): Promise<DuplicateStrings> {
  const steps = candidateStrings(snapshot);
  let step = steps.next();
  while (!step.done) {
    await advance(step.value * WITHOUT_FILE);
    step = steps.next();
  }
  const { objects } = step.value;
  const comparison = new TextComparison(step.value, keptBytes);
  let left: Uint32Array = Uint32Array.from(objects.keys());
  while (left.length > 0) {
    const asked = left;
    const done = 1 - asked.length / Math.max(1, objects.length);
    const advanceOfPass = (fraction: Fraction) =>
      advance(WITHOUT_FILE + (1 - WITHOUT_FILE) * (done + (1 - done) * fraction));
    const texts = asked.map(candidate => objects[candidate]!);
    await records.readValues(
      texts,
      (at, bytes, start, end) => comparison.add(asked[at]!, bytes, start, end),
      advanceOfPass,
    );
    left = comparison.left();
  }
  return comparison.result();
}
