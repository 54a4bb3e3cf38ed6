import { expect, it } from 'vitest';
import { filterNotes } from './filter-notes.ts';
import { parseFilter } from './parse-filter.ts';

function notes(text: string): [from: number, to: number, message: string][] {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return filterNotes(parsed.filter).map(({ from, to, message }) => [from, to, message]);
}

it('says that two terms of one name must both hold', () => {
  expect(notes('is:old class:A class:B')).toEqual([
    [7, 22, expect.stringMatching(/^Both must hold.*For either of them write: class:A or class:B\.$/)],
  ]);
  expect(notes('holds:(file:a file:b) or c')).toHaveLength(1);
});

it.each([
  'class:A or class:B',
  'class:A -class:B',
  'class:A file:A',
  'size>1 size<5',
  'class:/A/ class:/B/',
  '',
])('says nothing about %s', text => {
  expect(notes(text)).toEqual([]);
});
