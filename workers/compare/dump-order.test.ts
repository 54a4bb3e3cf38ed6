import { expect, it } from 'vitest';
import { orderOfDumps, timeInName } from './dump-order.ts';

const order = (dumps: [name: string, generation: number | null, process?: number][]) =>
  orderOfDumps(dumps.map(([name, generation, process = 0]) => ({ name, generation, process }))).map(
    at => dumps[at]![0],
  );

it('sorts by the highest generation, then by the time in the name, then by the name', () => {
  expect(
    order([
      ['later', 9],
      ['before', 2],
      ['after', 5],
    ]),
  ).toEqual(['before', 'after', 'later']);
  expect(
    order([
      ['b-2026-11-27T18:30.json', 4],
      ['a-2026-11-27T19:00.json', 4],
      ['c-20261126-0900.json', 4],
    ]),
  ).toEqual(['c-20261126-0900.json', 'b-2026-11-27T18:30.json', 'a-2026-11-27T19:00.json']);
  expect(
    order([
      ['heap-10.json', null],
      ['heap-9.json', null],
      ['heap-1.json', null],
    ]),
  ).toEqual(['heap-1.json', 'heap-9.json', 'heap-10.json']);
});

it('sorts by generation only if all dumps have one', () => {
  expect(
    order([
      ['2', null],
      ['1', 9],
      ['3', 2],
    ]),
  ).toEqual(['1', '2', '3']);
});

it('keeps dumps of one process together if generations would mix them with those of another', () => {
  expect(
    order([
      ['fixed-1', 5, 1],
      ['a-1', 4, 0],
      ['fixed-2', 11, 1],
      ['a-2', 12, 0],
    ]),
  ).toEqual(['a-1', 'a-2', 'fixed-1', 'fixed-2']);
  // The heap was compacted in between; generations still show which dump was first.
  expect(
    order([
      ['later', 9, 1],
      ['early', 2, 0],
      ['before', 7, 1],
    ]),
  ).toEqual(['early', 'before', 'later']);
});

it.each([
  ['heap-2026-11-27T18:30:05.json', Date.UTC(2026, 10, 27, 18, 30, 5) / 1000],
  ['heap_20261127183005.json.gz', Date.UTC(2026, 10, 27, 18, 30, 5) / 1000],
  ['2026-11-27.json', Date.UTC(2026, 10, 27) / 1000],
  ['heap-1764268200.json', 1764268200],
  ['heap-1764268200500.json', 1764268200.5],
  ['heap-12345.json', null],
])('finds the time in %s', (name, time) => {
  expect(timeInName(name)).toBe(time);
});
