import { describe, expect, it } from 'vitest';
import type { View } from './navigation.ts';
import { defaultView } from './navigation.ts';
import { filtersLeftOut, type LinkedPlace, readHash, writeHash } from './url.ts';

const views: View[] = [
  { kind: 'overview' },
  defaultView('treemap'),
  {
    kind: 'treemap',
    source: { by: 'dominators', root: { kind: 'object', object: 12 } },
    colour: 'generation',
    table: true,
  },
  {
    ...defaultView('treemap'),
    source: { by: 'dominators', root: { kind: 'root', name: '(inline caches)' } },
  },
  { ...defaultView('treemap'), source: { by: 'dominators', root: { kind: 'unreachable' } } },
  { ...defaultView('treemap'), source: { by: 'groups', keys: ['class', 'site'], path: ['A::B, [c]', null] } },
  { kind: 'generations', key: 'gem', measure: 'objects', table: true },
  { kind: 'classes', key: 'site', sort: 'label', descending: false, filter: 'a & b=c?' },
  { kind: 'objects', sort: 'address', descending: false },
];

describe('the hash', () => {
  it.each(views)('keeps %j', view => {
    const place: LinkedPlace = {
      view,
      chips: [
        { spec: { kind: 'group', key: 'class', label: 'A<"&?#b>' }, label: 'class A' },
        {
          spec: {
            kind: 'not',
            set: { kind: 'and', sets: [{ kind: 'untraced' }, { kind: 'generations', from: 1, to: 9 }] },
          },
          label: 'not …',
        },
      ],
      address: '0x7f5697b9b208',
    };
    expect(readHash(writeHash(place))).toEqual(place);
  });

  it('is short for what is usual', () => {
    expect(writeHash({ view: defaultView('overview'), chips: [], address: null })).toBe('#/overview');
    expect(writeHash({ view: defaultView('classes'), chips: [], address: null })).toBe('#/classes');
  });

  it('takes nothing it does not understand', () => {
    expect(readHash('')).toEqual({ view: { kind: 'overview' }, chips: [], address: null });
    expect(readHash('#/nowhere?object=javascript:1&set=%7B&set=[{"kind":"evil"},"x"]')).toEqual({
      view: { kind: 'overview' },
      chips: [],
      address: null,
    });
    expect(filtersLeftOut('#/overview?set=%7B&set=[{"kind":"untraced"},"x"]')).toBe(1);
    expect(readHash('#/treemap?by=class,,evil[').view).toEqual({
      ...defaultView('treemap'),
      source: { by: 'groups', keys: ['class'], path: [] },
    });
    expect(readHash('#/classes?sort=evil&key=evil').view).toEqual(defaultView('classes'));
  });

  it('reads fifty filters of a link, and counts the others', () => {
    const sets = Array.from(
      { length: 2000 },
      (_, i) => `set=${encodeURIComponent(JSON.stringify([{ kind: 'text', text: `${i}` }, `${i}`]))}`,
    );
    const hash = `#/classes?${sets.join('&')}`;
    expect(readHash(hash).chips).toHaveLength(50);
    expect(filtersLeftOut(hash)).toBe(1950);
    expect(filtersLeftOut('#/classes?sort=label')).toBe(0);
  });
});
