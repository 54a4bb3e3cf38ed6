import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printFilter } from '../../workers/protocol/filter/print-filter.ts';
import { FLAG_NAMES, TERM_NAMES } from '../../workers/protocol/filter/terms.ts';
import { GROUPING_KEYS, type GroupingKey, type ObjectSetSpec } from '../../workers/protocol/object-set.ts';
import { WHOLE_FILE } from '../../workers/protocol/profile-questions.ts';
import type { GroupSortKey } from '../../workers/protocol/questions/sort-keys.ts';
import { randomFilters } from '../../workers/testing/random-filters.ts';
import { type Chip, chipFor } from './chips.ts';
import { defaultView, type View } from './navigation.ts';
import { type LinkedPlace, readHash, unusableFilterCount, writeHash } from './place-hash.ts';

const views: View[] = [
  { kind: 'overview' },
  defaultView('treemap'),
  {
    kind: 'treemap',
    source: { by: 'dominators', root: { kind: 'object', object: 12 } },
    area: 'objects',
    colour: 'generation',
    search: 'a & b',
    table: true,
  },
  { ...defaultView('treemap'), area: 'retained', colour: 'gem' },
  {
    ...defaultView('treemap'),
    source: { by: 'dominators', root: { kind: 'root', name: '(inline caches)' } },
  },
  { ...defaultView('treemap'), source: { by: 'dominators', root: { kind: 'unreachable' } } },
  { ...defaultView('treemap'), source: { by: 'groups', keys: ['class', 'site'], path: ['A::B, [c]', null] } },
  {
    kind: 'generations',
    key: 'gem',
    measure: 'objects',
    cumulative: true,
    log: true,
    lines: true,
    table: true,
  },
  { kind: 'classes', key: 'site', sort: 'label', descending: false, filter: 'a & b=c?', overhead: true },
  { kind: 'sites', sort: 'objects', descending: false },
  { kind: 'tree' },
  { kind: 'strings', show: 'literals', sort: 'copies', descending: false },
  { kind: 'objects', sort: 'address', descending: false, columns: [], overhead: true },
  { ...defaultView('objects'), sort: 'method', columns: ['referrers', 'address', 'gem'] },
  { ...defaultView('functions'), tree: 1, weight: 2, by: ['library', 'function'], sort: 'totalChange' },
  {
    kind: 'calls',
    part: { tree: 1, weight: 2, by: [], path: ['main', 'a & b;c'], skip: 3 },
    direction: 'callers',
    focus: 'a<b>?',
    fold: true,
    search: 'x',
    table: true,
  },
  {
    ...defaultView('areas'),
    part: { tree: 0, weight: 0, by: ['library', 'file', 'line'], path: [], skip: 0 },
  },
  { kind: 'series', columns: ['rss', 'a,b'], table: true },
  { ...defaultView('retainers'), of: '0x7f0000000028' },
];
const nowhere = {
  chips: [],
  scope: WHOLE_FILE,
  against: null,
  address: null,
  dump: null,
  totals: null,
  served: [],
};

describe('the hash', () => {
  it.each(views)('keeps %j', view => {
    const place: LinkedPlace = {
      view,
      scope: { rows: { from: 3, to: 90 }, against: null, filter: 'gem:json -/parse/', allocators: true },
      against: 'before & after;.out',
      chips: [
        chipFor({ kind: 'group', key: 'class', label: 'A<"&?#b>' }),
        chipFor(
          {
            kind: 'not',
            set: { kind: 'and', sets: [{ kind: 'untraced' }, { kind: 'generations', from: 1, to: 9 }] },
          },
          'not … & +',
        ),
        chipFor({ kind: 'branch', path: ['root:vm', 'class:A'] }),
      ],
      address: '0x7f5697b9b208',
      dump: 'heap 100%.json',
      totals: '9566-833421',
      served: [],
    };
    expect(readHash(writeHash(place))).toEqual(place);
    // As the browser's address bar returns it.
    expect(readHash(new URL(`https://example.org/${writeHash(place)}`).hash)).toEqual(place);
  });

  it('keeps any sets, and is escaped as browsers escape addresses', () => {
    fc.assert(
      fc.property(fc.array(chips, { maxLength: 5 }), drawn => {
        const place = { ...nowhere, view: defaultView('classes'), chips: drawn };
        const hash = writeHash(place);
        expect(readHash(hash)).toEqual(place);
        expect(new URL(`https://example.org/${hash}`).hash).toBe(hash);
      }),
    );
  });

  it('names served dumps by their addresses, and can be written by hand', () => {
    const place = {
      ...nowhere,
      view: defaultView('classes'),
      dump: null,
      served: ['./dumps/1/web 1+2.json.gz', 'https://dumps.example.com/a.json'],
    };
    expect(readHash(writeHash(place))).toEqual(place);
    const short = readHash('#dump=./dumps/web-1.json.gz&dump=/other/b.json');
    expect(short).toMatchObject({ dump: null, served: ['./dumps/web-1.json.gz', '/other/b.json'] });
    expect(short.view.kind).toBe('overview');
  });

  it('is readable', () => {
    const place: LinkedPlace = {
      ...nowhere,
      view: { ...defaultView('treemap'), source: { by: 'groups', keys: ['gem', 'class'], path: [] } },
      chips: [chipFor({ kind: 'filter', text: 'class:Review gen:50..70' })],
    };
    expect(writeHash(place)).toBe('#/treemap?by=gem,class&only=class:Review+gen:50..70');
    expect(readHash('#/treemap?by=gem,class&only=class:Review gen:50..70')).toEqual(place);
    expect(writeHash({ ...nowhere, view: defaultView('overview') })).toBe('#/overview');
    expect(writeHash({ ...nowhere, view: defaultView('classes') })).toBe('#/classes');
  });

  it('accepts links of older versions, as filters', () => {
    const link = (set: unknown, label: string) =>
      readHash(`#/classes?set=${encodeURIComponent(JSON.stringify([set, label]))}`).chips;
    expect(link({ kind: 'group', key: 'class', label: 'User' }, 'class User')).toEqual([
      { spec: { kind: 'filter', text: 'class:User' }, label: 'class:User' },
    ]);
    expect(link({ kind: 'not', set: { kind: 'reachability', reachable: true } }, 'not reachable')).toEqual([
      { spec: { kind: 'filter', text: '-is:reachable' }, label: '-is:reachable' },
    ]);
    expect(link({ kind: 'dominatedBy', object: 7 }, 'kept by AuditTrail')).toEqual([
      { spec: { kind: 'dominatedBy', object: 7 }, label: 'kept by AuditTrail' },
    ]);
  });

  it('ignores everything that it does not understand', () => {
    expect(readHash('')).toEqual({ ...nowhere, view: { kind: 'overview' } });
    expect(readHash('#/nowhere?object=javascript:1&set=%7B&set=[{"kind":"evil"},"x"]')).toEqual({
      ...nowhere,
      view: { kind: 'overview' },
    });
    expect(unusableFilterCount('#/overview?set=%7B&set=[{"kind":"untraced"},"x"]&only=class:&only=a')).toBe(
      2,
    );
    // A name whose filter is missing is not given to another filter.
    expect(readHash('#/overview?only=a&only=class:&name=x').chips).toEqual([
      chipFor({ kind: 'filter', text: 'a' }),
    ]);
    expect(readHash('#/treemap?by=class,,evil[').view).toEqual({
      ...defaultView('treemap'),
      source: { by: 'groups', keys: ['class'], path: [] },
    });
    expect(readHash('#/classes?sort=evil&key=evil').view).toEqual(defaultView('classes'));
  });

  it('sorts groups in the default order of their key, unless the link says otherwise', () => {
    const viewOf = (key: GroupingKey, sort: GroupSortKey, descending: boolean): View => {
      const view = { ...defaultView('classes'), key, sort, descending };
      expect(readHash(writeHash({ ...nowhere, view })).view).toEqual(view);
      return view;
    };
    for (const key of GROUPING_KEYS) {
      for (const sort of ['label', 'origin', 'shallowBytes'] as const) {
        viewOf(key, sort, true);
        viewOf(key, sort, false);
      }
    }
    expect(readHash('#/classes?by=gem').view).toEqual(viewOf('gem', 'origin', false));
    expect(readHash('#/classes?key=gem&sort=objects').view).toEqual(viewOf('gem', 'objects', true));
  });

  it('reads fifty filters of a link, and counts the others', () => {
    const sets = Array.from({ length: 2000 }, (_, i) => `only=text${i}`);
    const hash = `#/classes?${sets.join('&')}`;
    expect(readHash(hash).chips).toHaveLength(50);
    expect(unusableFilterCount(hash)).toBe(1950);
    expect(unusableFilterCount('#/classes?sort=label')).toBe(0);
  });
});

const sets = fc.oneof(
  fc.record({
    kind: fc.constant('group' as const),
    key: fc.constantFrom(...GROUPING_KEYS),
    label: fc.option(fc.string({ unit: 'grapheme' })),
  }),
  fc
    .tuple(fc.nat(), fc.nat())
    .map(([from, more]): ObjectSetSpec => ({ kind: 'generations', from, to: from + more })),
  fc.string({ unit: 'grapheme' }).map((text): ObjectSetSpec => ({ kind: 'text', text })),
  fc.nat().map((object): ObjectSetSpec => ({ kind: 'dominatedBy', object })),
  fc.array(fc.string()).map((path): ObjectSetSpec => ({ kind: 'branch', path })),
  randomFilters({
    texts: fc.string({ unit: 'grapheme', minLength: 1 }),
    expressions: fc.constantFrom('a+', '^[A-Z]+$', '\\.rb'),
    amounts: fc.nat(),
    addresses: fc.nat({ max: 0xffff }).map(number => `0x${(number + 1).toString(16)}`),
    terms: TERM_NAMES,
    flags: FLAG_NAMES,
  }).map((filter): ObjectSetSpec => ({ kind: 'filter', text: printFilter(filter) })),
);
const chips: fc.Arbitrary<Chip> = fc
  .tuple(sets, fc.boolean(), fc.oneof(fc.constant(''), fc.string({ maxLength: 20 })))
  .map(([set, turned, name]) => chipFor(turned ? { kind: 'not', set } : set, name));
