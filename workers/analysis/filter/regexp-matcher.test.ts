import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseRegexp } from '../../protocol/filter/regexp-syntax.ts';
import { RegexpMatcher } from './regexp-matcher.ts';

const characters = fc.constantFrom(...'abAB_1 -:.\u00e9\u00c9\n');
const atoms = fc.oneof(
  characters.map(character => character.replace(/[.]/, '\\$&')),
  fc.constantFrom(
    '.',
    '\\d',
    '\\w',
    '\\W',
    '\\s',
    '\\S',
    '[ab]',
    '[^a-b]',
    '[\\w:]',
    '[^\\W1]',
    '[A-]',
    '\\x41',
  ),
  fc.constantFrom('^', '$', '\\b', '\\B', '\\u00e9', '[]', '[^]'),
);
const counts = fc.constantFrom('', '', '*', '+', '?', '{2}', '{0,2}', '{1,}', '*?', '{0}');
const expressions = fc.letrec<{ expression: string }>(tie => ({
  expression: fc.oneof(
    { depthSize: 'small' },
    fc
      .array(fc.tuple(atoms, counts), { minLength: 1, maxLength: 3 })
      .map(parts =>
        parts.map(([atom, count]) => (/^(\^|\$|\\b|\\B)$/.test(atom) ? atom : atom + count)).join(''),
      ),
    fc
      .tuple(tie('expression'), counts, tie('expression'))
      .map(([one, count, other]) => `(${one})${count}${other}`),
    fc.tuple(tie('expression'), tie('expression')).map(([one, other]) => `(?:${one}|${other})`),
  ),
})).expression;

it('matches what JavaScript matches', () => {
  fc.assert(
    fc.property(
      expressions,
      fc.boolean(),
      fc.array(fc.string({ unit: characters, maxLength: 8 }), { minLength: 1, maxLength: 20 }),
      (source, ignoreCase, texts) => {
        const theirs = new RegExp(source, ignoreCase ? 'i' : '');
        const ours = new RegexpMatcher(source, ignoreCase);
        for (const text of texts) {
          expect(ours.matches(text), `/${source}/ on ${JSON.stringify(text)}`).toBe(theirs.test(text));
        }
      },
    ),
    { numRuns: 500 },
  );
});

it('reads each character once where backtracking would not finish', () => {
  const text = `${'a'.repeat(5000)}!`;
  for (const source of ['(a+)+$', '^(a|a)*$', '(a*)*b', 'a*a*a*a*a*c', '(.*)*x{20}']) {
    expect(new RegexpMatcher(source, false).matches(text), source).toBe(false);
  }
});

it('continues if there are more states than are cached', () => {
  const matcher = new RegexpMatcher('a[ab]{14}c', false);
  let seed = 1;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed;
  };
  const text = Array.from({ length: 20_000 }, () => (random() % 2 === 0 ? 'a' : 'b')).join('');
  expect(matcher.matches(text)).toBe(false);
  expect(matcher.matches(`${text}aaaaaaaaaaaaaaac`)).toBe(true);
});

it('supports the anchors of Ruby', () => {
  const matcher = new RegexpMatcher('\\AUser\\z', false);
  expect(['User', 'SuperUser', 'Users'].map(text => matcher.matches(text))).toEqual([true, false, false]);
  expect(new RegexpMatcher('^\\h+$', false).matches('7fA0')).toBe(true);
});

it.each([
  ['(?=a)', 0, /not lookaround/],
  ['a{3,1}', 1, /run backwards/],
  ['[b-a]', 1, /runs backwards/],
  ['[a', 0, /not closed/],
  ['*a', 0, /nothing before \*/],
  ['a)', 1, /no \( for this/],
  ['\\q', 0, /no meaning/],
  ['((a{100}){100}){2}', 0, /too large/],
  ['^*', 0, /nothing here to repeat/],
])('refuses %s', (source, at, message) => {
  expect(parseRegexp(source)).toEqual({ at, message: expect.stringMatching(message) });
});
