import { describe, expect, it } from 'vitest';
import { openRubyHeap } from '../../testing/open-heap.ts';
import { type Limit, parseBudget, parseLimit } from './budget.ts';
import { isOver, type Measured, measure, measureGrowth, reasonsFor, reasonsForGrowth } from './measure.ts';
import { printVerdicts } from './outputs.ts';
import type { Verdict } from './verdict.ts';

describe('a budget', () => {
  it.each<[string, Partial<Limit>]>([
    ['class:User retained <= 1MB', { filter: 'class:User', each: null, measure: 'retained', most: 1 << 20 }],
    ['class:User retained ≤ 1 MB', { filter: 'class:User', most: 1 << 20 }],
    ['gem:foo objects <= 5,000', { filter: 'gem:foo', measure: 'objects', most: 5000 }],
    ['objects <= 10', { filter: '', each: null, measure: 'objects', most: 10 }],
    ['each class shallow <= 1.5KiB', { filter: '', each: 'class', measure: 'shallow', most: 1536 }],
    ['each site in gem:foo objects <= 7', { filter: 'gem:foo', each: 'site', most: 7 }],
    [
      'retained>1KB -class:"objects <= 3" objects <= 7',
      { filter: 'retained>1KB -class:"objects <= 3"', most: 7 },
    ],
  ])('has the limit %s', (text, limit) => {
    expect(parseLimit(text, null, false)).toMatchObject({ text, isPercent: false, ...limit });
  });

  it('limits growth in percent too', () => {
    expect(parseLimit('each gem objects <= 10 %', null, true)).toMatchObject({ most: 10, isPercent: true });
    expect(() => parseLimit('each gem objects <= 10 %', null, false)).toThrow(/only growth/);
  });

  it.each([
    ['class:User', /a limit is "FILTER/],
    ['each colour objects <= 1', /no key colour to group by\. There are class, /],
    ['gen:abc objects <= 1', /gen: expects a number/],
    ['class:User retained <= many', /many is not a number/],
    ['class:User objects <= 1MB', /a count has no unit/],
  ])('says what is wrong with %s', (text, message) => {
    expect(() => parseLimit(text, null, false)).toThrow(message);
  });

  it('says what is wrong with its file', () => {
    expect(() => parseBudget('{')).toThrow(/no JSON/);
    expect(() => parseBudget('[]')).toThrow(/no JSON object/);
    expect(() => parseBudget('{"limit": []}')).toThrow(/"limit": there are "limits" and "growth"/);
    expect(() => parseBudget('{"limits": [1]}')).toThrow(/"limits", entry 1/);
    expect(() => parseBudget('{"limits": []}')).toThrow(/no limit/);
    const { limits } = parseBudget('{"limits": [{"limit": "objects <= 1", "why": "so"}]}');
    expect(limits).toMatchObject([{ why: 'so', most: 1 }]);
  });
});

const SMALL = `
  vm => cache Cache User
  cache OBJECT 100 class=Cache -> a b
  a OBJECT 40 class=User
  b OBJECT 40 class=User
  Cache CLASS 500 name=Cache
  User CLASS 600 name=User
`;
const GROWN = `
  vm => cache Cache User
  cache OBJECT 100 class=Cache -> a b c d tracer
  a OBJECT 40 class=User
  b OBJECT 40 class=User
  c OBJECT 40 class=User -> text
  d OBJECT 40 class=User
  text STRING 70
  tracer DATA 9000 struct=ObjectTracing/allocation_info_tracer
  Cache CLASS 500 name=Cache
  User CLASS 600 name=User
`;

async function dump(drawing: string) {
  const { session, info } = await openRubyHeap(drawing);
  return { session, info, path: 'a.json' };
}

describe('what is measured', () => {
  const limit = (text: string) => parseLimit(text, null, false);
  const growth = (text: string) => parseLimit(text, null, true);

  it('counts objects, shallow bytes, and retained bytes once', async () => {
    const small = await dump(SMALL);
    expect(await measure(small, limit('class:User objects <= 1'))).toMatchObject([{ value: 2 }]);
    expect(await measure(small, limit('class:User shallow <= 1'))).toMatchObject([{ value: 80 }]);
    // The cache keeps its users: they count once.
    expect(await measure(small, limit('class:User or class:Cache retained <= 1'))).toMatchObject([
      { value: 180 },
    ]);
    expect(await measure(small, limit('class:Nothing objects <= 1'))).toMatchObject([{ value: 0 }]);
    const classes = await measure(small, limit('each class in type:object objects <= 1'));
    expect(new Map(classes.map(({ group, value }) => [group, value]))).toEqual(
      new Map([
        ['User', 2],
        ['Cache', 1],
      ]),
    );
  });

  it('compares the last dump with the first, without the allocation tracer', async () => {
    const [small, grown] = [await dump(SMALL), await dump(GROWN)];
    expect(await measureGrowth(small, grown, growth('shallow <= 1'))).toEqual([
      { group: undefined, before: 1280, value: 1430 },
    ]);
    const classes = await measureGrowth(small, grown, growth('each class objects <= 1'));
    expect(classes).toContainEqual({ group: 'User', before: 2, value: 4 });
    expect(classes.map(({ group }) => group)).not.toContain(
      '(internal) ObjectTracing/allocation_info_tracer',
    );
    expect(await measureGrowth(small, grown, growth('is:overhead objects <= 1'))).toMatchObject([
      { value: 1 },
    ]);
  });

  it('names the classes that grew where everything did', async () => {
    const [small, grown] = [await dump(SMALL), await dump(GROWN)];
    const { grown: classes } = await reasonsForGrowth(small, grown, growth('objects <= 1'));
    expect(classes).toEqual([
      { group: 'User', before: 2, value: 4 },
      { group: '(internal) STRING', before: 0, value: 1 },
    ]);
  });

  it('names what counts most, and the way from a root', async () => {
    const grown = await dump(GROWN);
    const reasons = await reasonsFor(grown, limit('each class in type:object retained <= 1'), 'User');
    expect(reasons.classes).toMatchObject([{ label: 'User', objects: 4, retainedBytes: 230 }]);
    expect(reasons.objects[0]).toMatchObject({
      label: 'User',
      retainedBytes: 110,
      path: 'vm → Cache → User',
    });
  });

  it.each<[string, Measured, boolean]>([
    ['objects <= 5', { group: undefined, value: 5, before: null }, false],
    ['objects <= 5', { group: undefined, value: 6, before: null }, true],
    ['objects <= 5', { group: undefined, value: 105, before: 100 }, false],
    ['objects <= 5', { group: undefined, value: 106, before: 100 }, true],
    ['objects <= 10%', { group: undefined, value: 110, before: 100 }, false],
    ['objects <= 10%', { group: undefined, value: 111, before: 100 }, true],
    ['objects <= 10%', { group: undefined, value: 1, before: 0 }, true],
    ['objects <= 10%', { group: undefined, value: 0, before: 0 }, false],
  ])('%s of %j', (text, measured, expected) => {
    expect(isOver(growth(text), measured)).toBe(expected);
  });
});

describe('what is printed', () => {
  const text = '{\n  "limits": ["class:A objects <= 1", "class:B objects <= 1"]\n}';
  const [a, b] = parseBudget(text).limits as [Limit, Limit];
  const measured = { group: undefined, value: 3, before: null };
  const reasons = {
    classes: [{ label: 'A\u001b[31m<&">', objects: 3, shallowBytes: 120, retainedBytes: 2048 }],
    grown: [],
    objects: [],
  };
  const verdicts: Verdict[] = [
    { limit: a, dump: 'one,two.json', over: [{ measured, reasons }], largest: measured },
    { limit: b, dump: 'one,two.json', over: [], largest: { ...measured, value: 1 } },
  ];
  const file = { path: 'budget.json', text };

  it('is text for people', () => {
    const printed = printVerdicts('text', verdicts, file);
    expect(printed).toContain(
      'OVER  class:A objects <= 1  [one,two.json]\n      3 objects, 2 over the limit of 1\n',
    );
    expect(printed).toContain('3 objects, 120 B shallow, 2.00 KiB retained');
    expect(printed).toContain(
      'ok    class:B objects <= 1  [one,two.json]  1 object\n1 of 2 limits exceeded.\n',
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal would obey it.
    expect(printed).not.toMatch(/\u001b/);
  });

  it('is JUnit XML', () => {
    const printed = printVerdicts('junit', verdicts, file);
    expect(printed).toContain('<testsuite name="heapscape check" tests="2" failures="1">');
    expect(printed).toContain('<failure type="budget" message="3 objects, 2 over the limit of 1">');
    expect(printed).not.toContain('<&"');
  });

  it('is annotations of GitHub, at the line of the limit', () => {
    expect(printVerdicts('github', verdicts, file)).toMatch(
      /^::error file=budget\.json,line=2,title=[^:,]*class%3AA objects <= 1::one,two\.json%0A3 objects[^\n]*\n$/,
    );
  });
});
