import { expect, it } from 'vitest';
import type { PathStep } from '../../../workers/protocol/paths.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import { edgeWordsOf, ROOT_EDGE, USUAL_WORDS } from '../../../workers/protocol/vocabulary.ts';
import { pathText } from './path-text.ts';

const object = (label: string, title: string, address: string): ObjectRow => ({
  index: 0,
  address,
  type: 'OBJECT',
  family: 'object',
  isNamed: false,
  hasText: false,
  label,
  title,
  shallowBytes: 40,
  retainedBytes: 40,
  reachable: true,
  generation: null,
  site: null,
});
const step = (of: ObjectRow, edge: PathStep['edge'], name: string | null, multiplicity = 1): PathStep => {
  const { phrase } = edge === 'root' ? ROOT_EDGE : edgeWordsOf(USUAL_WORDS, edge);
  return { object: of, omittedBefore: 0, edge, phrase, name, multiplicity };
};

it('writes every step with the reference to it', () => {
  const text = pathText({
    root: 'vm',
    length: 3,
    steps: [
      step(object('Class', 'AuditTrail', '0x1'), 'root', null),
      step(object('Array', '[240]', '0x2'), 'reference', null, 2),
      step(object('User', '', '0x3'), 'reference', '@owner'),
    ],
  });
  expect(text).toBe(
    'root vm\n  lists → Class AuditTrail 0x1\n  refers to × 2 → Array [240] 0x2\n  @owner → User 0x3\n',
  );
});

it('says that nothing leads to an unreachable object', () => {
  expect(pathText({ root: null, length: 1, steps: [step(object('User', '', '0x3'), 'root', null)] })).toBe(
    'not reachable from any root\n  User 0x3\n',
  );
});
