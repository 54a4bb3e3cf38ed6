import { expect, test } from 'vitest';
import { anchorsOf, checkCitations } from './definitions.ts';

const anchors = anchorsOf('# Definitions\n\n## Class label\ntext\n\n## Retained size of a group\n');

test('sections have the anchors of their headings', () => {
  expect([...anchors]).toEqual(['class-label', 'retained-size-of-a-group']);
});

test('wrong citations and sections without citations are reported', () => {
  const texts = new Map([
    ['a.ts', '// see numbers.md#class-label'],
    ['b.ts', '// see numbers.md'],
    ['c.ts', "define('X', 'numbers.md#no-such')"],
  ]);
  expect(checkCitations(anchors, texts)).toEqual([
    'b.ts cites numbers.md without a section',
    'c.ts cites numbers.md#no-such, which does not exist',
    'numbers.md#retained-size-of-a-group is cited nowhere',
  ]);
});
