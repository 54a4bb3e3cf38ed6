import { expect, it } from 'vitest';
import type { FixCheck } from '../../../workers/protocol/comparison.ts';
import { fixMarkdown } from './fix-text.ts';

it('writes a verdict with its numbers, and escapes names from the dump', () => {
  const check: FixCheck = {
    before: ['a|1.json', 'a2.json'],
    after: ['b1.json', 'b2.json'],
    verdict: 'fixed',
    sentence: '1 of 1 group that grew before the fix has stopped.',
    bytesBefore: [8192, 10240],
    bytesAfter: [8192, 8192],
    slopeBefore: 2048,
    slopeAfter: 0,
    rows: [
      {
        label: 'Odd|`Class`\nName',
        before: { shallowBytes: [0, 2048], slopePerDump: 2048.4, verdict: 'leak' },
        after: { shallowBytes: [40, 0], slopePerDump: -40, verdict: 'flat' },
        outcome: 'stopped',
      },
    ],
  };
  const text = fixMarkdown(check, 'class').replaceAll('\u00a0', ' ');
  expect(text.split('\n')).toEqual([
    '**Fixed.** 1 of 1 group that grew before the fix has stopped.',
    '',
    '- Before the fix: a\\|1.json, a2.json. What grew took +2.00 KiB per dump.',
    '- After it: b1.json, b2.json. What grows takes 0 B per dump.',
    '',
    '| class | before, per dump | after, per dump | outcome |',
    '| --- | ---: | ---: | --- |',
    expect.stringMatching(/^\| Odd\\\|\\`Class\\`.*Name \| \+2\.00 KiB \| \u221240 B \| stopped \|$/),
    '',
  ]);
});
