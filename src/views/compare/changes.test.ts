import { expect, it } from 'vitest';
import { changeOf, formatBytesChange, formatCountChange, objectsPerRepetition } from './changes.ts';

it('writes differences with their sign', () => {
  const plain = (text: string) => text.replaceAll('\u00a0', ' ');
  expect([2048, -40, 0].map(bytes => plain(formatBytesChange(bytes)))).toEqual([
    '+2.00 KiB',
    '\u221240 B',
    '0 B',
  ]);
  expect([1200, -3, 0].map(formatCountChange)).toEqual(['+1,200', '\u22123', '0']);
  expect([changeOf([3, 9, 5]), changeOf([])]).toEqual([2, 0]);
});

it('finds how many objects a repetition leaves behind, if each step is a multiple', () => {
  expect(objectsPerRepetition([50, 57, 78], 7)).toBe(3);
  expect(objectsPerRepetition([50, 57, 79], 7)).toBeNull();
  expect(objectsPerRepetition([50, 57, 57], 7)).toBeNull();
  expect(objectsPerRepetition([50, 43, 50], 7)).toBeNull();
  expect(objectsPerRepetition([50], 7)).toBeNull();
});
