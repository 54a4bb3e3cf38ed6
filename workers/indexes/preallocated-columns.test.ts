import { expect, test } from 'vitest';
import { PreallocatedColumns } from './preallocated-columns.ts';

const MIB = 2 ** 20;
/** A tenth of a heap of a million objects and two million references. */
const TENTH = { fraction: 0.1, textBytes: 33 * MIB, objects: 100_000, references: 200_000 };

/** Buffer sizes of the columns that `leave` returns for a number of objects, largest first. */
function roomLeft(ahead: PreallocatedColumns, objects: number): number[] {
  const spare = ahead.leave(objects);
  const columns = Array.from({ length: 8 }, () => spare.take(1).buffer.byteLength);
  return columns.filter(bytes => bytes > 4).sort((a, b) => b - a);
}

test('prepares columns for all objects of the file, and longer ones for the search and the forest', () => {
  const ahead = new PreallocatedColumns();
  ahead.follow(TENTH);
  const [forest, sources, targets, ...perObject] = roomLeft(ahead, 1_000_000);
  expect(forest).toBeGreaterThanOrEqual(16_000_000);
  expect(sources).toBeGreaterThanOrEqual(12_000_000);
  expect(targets).toBeGreaterThanOrEqual(6_000_000);
  expect(perObject.every(bytes => bytes >= 4_000_000)).toBe(true);
  expect(perObject.length).toBe(4);
});

test('provides no columns for a heap that is larger than estimated, or small', () => {
  const surprised = new PreallocatedColumns();
  surprised.follow(TENTH);
  surprised.follow({ fraction: 1, textBytes: 330 * MIB, objects: 3_000_000, references: 9_000_000 });
  expect(roomLeft(surprised, 3_000_000)).toEqual([]);

  const small = new PreallocatedColumns();
  small.follow({ fraction: 1, textBytes: 20 * MIB, objects: 60_000, references: 90_000 });
  expect(roomLeft(small, 60_000)).toEqual([]);
});
