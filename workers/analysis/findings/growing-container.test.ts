import { describe, expect, it } from 'vitest';
import type { Finding } from '../../protocol/findings.ts';
import { growingHeap } from '../../testing/growing-heap.ts';
import { openHeap } from '../../testing/open-heap.ts';

const times = (count: number) => Array.from({ length: count }, (_, index) => index);
/** Two elements in each of 20 generations. */
const LEAK = times(40).map(index => 1 + Math.floor(index / 2));
const LATE_LEAK = times(40).map(index => 11 + Math.floor(index / 4));
/** A cache that has replaced all its elements, and a table created when the program started. */
const CACHE = times(40).map(index => 18 + (index % 3));
const TABLE = times(40).map(() => 1);

async function findingsOf(
  drawing: string,
  thresholds = {},
): Promise<{ found: Finding[]; address: (name: string) => string }> {
  const { session, info, drawn } = await openHeap(drawing);
  const { findings } = await session.ask('findings', { snapshot: info.id, thresholds });
  return { found: findings.filter(({ kind }) => kind === 'growing-container'), address: drawn.address };
}

describe('growing containers', () => {
  it('are distinguished from bounded caches and tables filled at boot', async () => {
    const { found, address } = await findingsOf(
      growingHeap([
        { owner: 'Lru', generations: CACHE },
        { owner: 'Audit::Trail', generations: LEAK },
        { owner: 'Boot', generations: TABLE, bytes: 10_000 },
      ]),
    );
    expect(found).toHaveLength(1);
    const [leak] = found as [Finding];
    expect(leak.sentence.replaceAll('\u00a0', ' ')).toMatch(
      /Array\[40\] of Audit::Trail is still growing and keeps [\d.]+ KiB alive: its 40 objects, 100 % of them Entry, were allocated in generations/,
    );
    expect(leak.objectsShown).toEqual([address('list1')]);
    expect(leak).toMatchObject({ group: 'leak', bytes: 40_040, objects: 40, certainty: 'evidence' });
    expect(leak.figures.effectiveGenerations).toBeCloseTo(20, 6);
    expect(leak.figures).toMatchObject({ recent: 0.5, alike: 1, elements: 40 });
    expect(leak.byGeneration).toEqual({
      generations: times(20).map(index => index + 1),
      bytes: times(20).map(() => 2000),
    });
  });

  it('are sorted by retained size', async () => {
    const { found } = await findingsOf(
      growingHeap([
        { owner: 'Small', generations: LEAK },
        { owner: 'Large', generations: LATE_LEAK, bytes: 3000 },
      ]),
    );
    expect(found.map(({ title }) => title)).toEqual(['Large keeps growing', 'Small keeps growing']);
  });

  it('of one class are one finding', async () => {
    const drawing = growingHeap([
      { owner: 'Audit', generations: LEAK },
      { owner: 'Other', generations: LEAK },
    ])
      .replace('-> list0', '-> list0 list1')
      .replace('name=Other -> list1', 'name=Other');
    const { found, address } = await findingsOf(drawing);
    expect(found).toHaveLength(1);
    expect(found[0]!.objectsShown.toSorted()).toEqual([address('list0'), address('list1')]);
    expect(found[0]!.bytes).toBe(80_080);
  });

  it('are named after a class that refers to them if several objects hold them', async () => {
    const drawing = growingHeap([{ owner: 'Audit', generations: LEAK }]).replace(
      'vm => classes',
      'vm => classes list0',
    );
    expect((await findingsOf(drawing)).found[0]!.sentence).toContain('of Audit is');
  });

  it('are recognized by their elements if others also retain the newest ones', async () => {
    const newest = times(20).map(index => `e0x${index + 20}`);
    const drawing = growingHeap(
      [{ owner: 'Visits', generations: LEAK, bytes: 0 }],
      [
        ...times(40).map(index => `page${index} OBJECT 1000 class=classEntry gen=${LEAK[index]}`),
        `recent ARRAY 40 -> ${newest.map(name => name.replace('e0x', 'page')).join(' ')}`,
        'vm => recent',
      ].join('\n'),
    ).replace(/(e0x(\d+) OBJECT.*)/g, '$1 -> page$2');
    const [leak] = (await findingsOf(drawing)).found;
    expect(leak!.figures).toMatchObject({ recent: 0, recentObjects: 0.5 });
  });

  it('can be found with other thresholds, within their bounds', async () => {
    const drawing = growingHeap([{ owner: 'Audit', generations: LEAK }]);
    expect((await findingsOf(drawing, { 'growing.generations': 21 })).found).toEqual([]);
    expect((await findingsOf(drawing, { 'growing.generations': 1e9 })).found).toEqual([]);
    expect((await findingsOf(drawing, { 'growing.generations': Number.NaN })).found).toHaveLength(1);
  });

  it('are not reported without tracing', async () => {
    const untraced = growingHeap([{ owner: 'Audit', generations: times(40).map(() => null) }]).replaceAll(
      ' gen=1',
      '',
    );
    expect((await findingsOf(untraced)).found).toEqual([]);
  });
});
