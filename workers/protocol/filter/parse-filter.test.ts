import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFilters } from '../../testing/random-filters.ts';
import type { Filter } from './filter.ts';
import { parseFilter } from './parse-filter.ts';
import { printFilter } from './print-filter.ts';
import { declarationOf, FLAG_NAMES, TERM_NAMES, WORDS } from './terms.ts';

/** A filter without the positions of its parts. */
function bare(filter: Filter): unknown {
  return JSON.parse(JSON.stringify(filter, (key, value) => (key === 'span' ? undefined : value)));
}

function parsed(text: string): Filter {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(`${text}: ${result.problem.message}`);
  return result.filter;
}

function normal(text: string): string {
  return printFilter(parsed(text));
}

function problem(text: string): { from: number; to: number; message: string } {
  const result = parseFilter(text);
  if (result.ok) throw new Error(`${text} was read as ${JSON.stringify(bare(result.filter))}`);
  return result.problem;
}

const fragments = fc.constantFrom(
  ...TERM_NAMES.map(name => `${name}:`),
  ...[
    'and',
    'or',
    'not',
    'AND',
    '-',
    '(',
    ')',
    '"',
    '/',
    '\\',
    ' ',
    '+',
    '..',
    ':',
    '::',
    '<',
    '>=',
    '!=',
    '=',
  ],
  ...[
    'a',
    'Or',
    '1',
    '12',
    '1.5KB',
    'size',
    'untraced',
    'none',
    'i',
    '0x1F',
    '{',
    '[',
    ']',
    '*',
    'ü',
    '\u{1f600}',
  ],
);
const text = fc.array(fragments, { minLength: 1, maxLength: 8 }).map(parts => parts.join(''));
const vocabulary = {
  texts: text,
  expressions: fc.constantFrom('a', '^A.*b$', 'a\\/b', '(x|y)+ z', '[^\\]]"', '\\\\', 'i'),
  amounts: fc.oneof(
    fc.nat(3000),
    fc.nat(2 ** 31 - 1),
    fc.nat(100).map(n => n * 1024),
    fc.constantFrom(0.5, 307.2, 2 ** 50),
  ),
  addresses: fc.nat().map(n => `0x${n.toString(16)}`),
  terms: TERM_NAMES,
  flags: FLAG_NAMES,
};

it('parses what it printed', () => {
  fc.assert(
    fc.property(randomFilters(vocabulary), filter => {
      const written = printFilter(filter);
      expect(bare(parsed(written)), written).toEqual(bare(filter));
    }),
    { numRuns: 3000 },
  );
});

it('prints what it parsed in one form, and refuses anything else at a position in the text', () => {
  fc.assert(
    fc.property(text, typed => {
      const result = parseFilter(typed);
      if (result.ok) {
        const written = printFilter(result.filter);
        expect(normal(written)).toBe(written);
      } else {
        const { from, to, message } = result.problem;
        expect(from >= 0 && from <= to && to <= typed.length, `${typed}: ${from} to ${to}`).toBe(true);
        expect(message).not.toBe('');
      }
    }),
    { numRuns: 5000 },
  );
});

it('parses every example of every term', () => {
  for (const name of TERM_NAMES) {
    for (const example of declarationOf(name).examples)
      expect(JSON.stringify(parsed(example))).toContain(`"${name}"`);
  }
  for (const example of WORDS.examples) expect(['words', 'address']).toContain(parsed(example).kind);
});

describe('accepted filters', () => {
  it.each([
    ['', ''],
    ['  order  line ', 'order line'],
    ['"order line"', '"order line"'],
    ['class:A or class:B class:C', 'class:A or class:B class:C'],
    ['(class:A OR class:B) AND class:C', '(class:A or class:B) class:C'],
    ['not (a or b)', '-(a or b)'],
    ['-not a', '-(-a)'],
    ['-class:User is:frozen', '-class:User is:frozen'],
    ['Store::Customer', 'Store::Customer'],
    ['app/models/user.rb:12', 'app/models/user.rb:12'],
    ['/srv/app/models', '/srv/app/models'],
    ['/srv/', '/srv/'],
    ['file:"/srv"', 'file:"/srv"'],
    ['/a b/i', '/a b/i'],
    ['0X00007F56ABCDEF00', '0x7f56abcdef00'],
    ['in:0x0000ABC', 'in:0xabc'],
    ['#<Order:0x00007f2a40000198>', '0x7f2a40000198'],
    ['#<Order:0x00007f2a40000198> is:old', '0x7f2a40000198 is:old'],
    ['-#<Class:#<Order:0x00007F2A40000198>> a', '-0x7f2a40000198 a'],
    ['(#<Order:0x0000abc> or b)', '0xabc or b'],
    [
      'is:old #<Order:0x00007f2a40000198 @note="a > b (\\"", @c=#<C:0x0000dead>, @li',
      'is:old 0x7f2a40000198',
    ],
    ['heldby:#<Order:0x00007f2a40000198 @id=1>', 'heldby:0x7f2a40000198'],
    ['#<Order', '"#<Order"'],
    ['id:80', 'id:80'],
    ['gen:47', 'gen:47'],
    ['generation:40-52', 'gen:40..52'],
    ['gen:40..', 'gen:40..'],
    ['gen>=40', 'gen>=40'],
    ['gen:untraced', 'gen:untraced'],
    ['size > 1,024', 'size>1KB'],
    ['size<=1.5 class:A', 'size<=1.5 class:A'],
    ['size:1k..2MiB', 'size:1KB..2MB'],
    ['retained != 0', 'retained!=0'],
    ['class:"Foo Bar"+', 'class:"Foo Bar"+'],
    ['class:User+', 'class:User+'],
    ['method:none', 'method:none'],
    ['method:"none"', 'method:"none"'],
    ['method:name=', 'method:name='],
    ['name=', '"name="'],
    ['<=>', '"<=>"'],
    ['holds:(class:X is:old)', 'holds:(class:X is:old)'],
    ['holds:class:X is:old', 'holds:class:X is:old'],
    ['heldby:in:0x10', 'heldby:in:0x10'],
    ['root:"(inline caches)"', 'root:"(inline caches)"'],
    ['"say \\"hello\\" \\\\ C:\\temp"', '"say \\"hello\\" \\\\ C:\\temp"'.replace('\\\\ ', '\\ ')],
  ])('%s', (typed, written) => {
    expect(normal(typed)).toBe(written);
  });

  it('gives the position of a term', () => {
    expect(parsed('  a  class:User')).toMatchObject({
      kind: 'and',
      parts: [{ span: { from: 2, to: 3 } }, { span: { from: 5, to: 15 } }],
    });
  });
});

describe('refused filters, with the position and a correction', () => {
  it.each([
    ['a gen:abc', 2, 9, 'gen: expects a number, a range such as 40..52, or untraced: abc is not a number.'],
    ['gen:52..40', 0, 10, 'gen:52..40 runs backwards. Write gen:40..52.'],
    ['size>1PB', 0, 8, /PB is no unit: there are B, KB, MB and GB/],
    ['refs>1KB', 0, 8, /a count has no unit/],
    ['gen:5x', 0, 6, /a count has no unit such as x/],
    ['clas:User', 0, 5, /Did you mean class\? To search for the text, put it in quotes\./],
    ['is:frosen', 0, 9, 'There is no property frosen. Did you mean is:frozen?'],
    ['is:shiny', 0, 8, /It can be reachable, unreachable/],
    ['class: User', 0, 6, /class: expects a name .* Try class:User\./],
    ['class=User', 0, 6, 'class takes a colon: class:User.'],
    ['a or', 4, 4, 'A term is missing at the end.'],
    ['or a', 0, 2, /stands between two terms/],
    ['a and or b', 6, 8, /stands between two terms/],
    ['(a or b', 0, 1, 'This ( is not closed.'],
    ['a b)', 3, 4, /There is no \( for this \)/],
    ['a ()', 2, 4, 'There is nothing in these parentheses.'],
    ['"a', 0, 2, 'This quote is not closed.'],
    ['class:Foo(1)', 6, 10, /A text that holds parentheses is put in quotes/],
    ['- a', 0, 1, /A minus stands directly before/],
    ['id:8x', 0, 5, 'id: expects an object id in decimal digits: 8x is not one.'],
    ['holds:', 0, 6, /holds: expects a term such as class:User, an address, or a filter in parentheses/],
    ['holds:-a', 6, 7, /Put a negation in parentheses/],
    ['/a(b/', 2, 3, /This \( is not closed/],
    ['class:/a**/', 9, 10, /repeats a repetition/],
    ['/(a)\\1/', 4, 5, /References to groups are not supported/],
    ['/a/g', 3, 4, /The only flag of a regular expression is i/],
    [`${'('.repeat(200)}a`, 101, 102, /nested too deeply/],
    [`${'-'.repeat(200)}a`, 101, 102, /nested too deeply/],
  ])('%s', (typed, from, to, message) => {
    expect(problem(typed)).toEqual({
      from,
      to,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });
});
