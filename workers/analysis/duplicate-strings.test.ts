import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { ObjectSetSpec } from '../protocol/object-set.ts';
import { fixtureDump } from '../testing/fixture-dumps.ts';
import { openRubyHeap, openText } from '../testing/open-heap.ts';
import { oracleDuplicates } from '../testing/oracle-report.ts';
import { readOracleDump } from '../testing/oracle-ruby-dump.ts';
import { randomHeaps } from '../testing/random-heaps.ts';
import { TextComparison } from './duplicate-strings.ts';

const ALL: ObjectSetSpec = { kind: 'all' };
const ROWS = { sort: 'wastedBytes', descending: true, offset: 0, limit: 100 } as const;

/** "open" three times, once interned; "closed" twice, by two lines; the others are unique or have no text. */
const HEAP = `
  vm => User Tag u t
  User CLASS 500
  Tag CLASS 400
  u OBJECT 40 class=User -> open1 open2 closed1
  t OBJECT 40 class=Tag -> open2 open3 closed2 long
  open1 STRING 40 bytesize=4 value=open at=app/user.rb:3 gen=1
  open2 STRING 100 bytesize=4 value=open at=app/user.rb:3 gen=2
  open3 STRING 40 bytesize=4 value=open at=app/user.rb:3 gen=2 fstring=true
  closed1 STRING 40 bytesize=6 value=closed at=app/user.rb:4 gen=2
  closed2 STRING 60 bytesize=6 value=closed at=app/tag.rb:1 gen=2
  long STRING 600 bytesize=560 shared=true
  empty STRING 40 bytesize=0
  sym SYMBOL 40 value=open
`;

describe('duplicate strings', () => {
  it('are those of equal text, whatever refers to them', async () => {
    const { session, info, index } = await openRubyHeap(HEAP);
    const { rows, total } = await session.ask('duplicateStrings', { snapshot: info.id, set: ALL, ...ROWS });
    expect(total).toBe(2);
    expect(rows[0]).toMatchObject({
      object: { index: index('open1') },
      copies: 3,
      length: 4,
      shallowBytes: 180,
      wastedBytes: 80,
      sites: [{ label: 'app/user.rb:3', objects: 3 }],
      siteCount: 1,
      holders: [
        { label: 'User', objects: 2 },
        { label: 'Tag', objects: 2 },
      ],
      holderCount: 2,
    });
    expect(rows[1]).toMatchObject({ copies: 2, wastedBytes: 40, siteCount: 2 });
  });

  it('of a set are those that it contains more than once', async () => {
    const { session, info } = await openRubyHeap(HEAP);
    const heldByTag: ObjectSetSpec = { kind: 'filter', text: 'heldby:class:Tag' };
    const { rows } = await session.ask('duplicateStrings', { snapshot: info.id, set: heldByTag, ...ROWS });
    expect(rows.map(({ copies, wastedBytes }) => [copies, wastedBytes])).toEqual([[2, 40]]);
  });

  it('are found by a filter', async () => {
    const { session, info, drawn } = await openRubyHeap(HEAP);
    const objects = async (text: string) =>
      (await session.ask('setSize', { snapshot: info.id, set: { kind: 'filter', text } })).objects;
    expect(await objects(`copies:${drawn.address('open2')}`)).toBe(3);
    expect(await objects('copies:type:STRING')).toBe(5);
    expect(await objects(`copies:${drawn.address('long')}`)).toBe(0);
  });

  it('are summed up, with the bytes that frozen literals would save', async () => {
    const { session, info } = await openRubyHeap(HEAP);
    const summary = await session.ask('stringSummary', { snapshot: info.id, set: ALL, top: 10 });
    expect(summary).toEqual({
      strings: { objects: 7, shallowBytes: 920 },
      withoutText: { objects: 1, shallowBytes: 600 },
      empty: { objects: 1, shallowBytes: 40 },
      duplicates: { groups: 2, count: 5, bytes: 120 },
      unread: 0,
      // open3 is interned already, and closed is from two lines.
      literals: [{ file: 'app/user.rb', groups: 1, copies: 2, savedBytes: 40 }],
    });
  });

  it('are those found by comparing all texts', async () => {
    await fc.assert(
      fc.asyncProperty(randomHeaps, async drawing => {
        const { session, info, drawn } = await openRubyHeap(drawing);
        const { duplicateStrings } = await session.ask('report', { snapshot: info.id });
        expect(duplicateStrings).toEqual(oracleDuplicates(readOracleDump(drawn.bytes).objects));
      }),
      { numRuns: 30 },
    );
  });

  test.each(['ruby-2.7', 'ruby-3.1', 'ruby-3.4-wasm', 'ruby-4.0', 'ruby-4.1'])(
    'of %s are those of the oracle, compressed or not',
    async name => {
      const bytes = fixtureDump(name);
      const oracle = oracleDuplicates(readOracleDump(bytes).objects);
      const text = new TextDecoder().decode(bytes);
      for (const packed of [false, true]) {
        const { session, info } = await openText(text, { packed });
        const { duplicateStrings } = await session.ask('report', { snapshot: info.id });
        expect(duplicateStrings, packed ? 'packed' : 'plain').toEqual(oracle);
      }
    },
  );

  it('are distinguished from texts with the same hash, however few are kept at a time', () => {
    const texts = fc.array(fc.record({ hash: fc.nat(2), text: fc.stringMatching(/^[ab]{0,3}$/) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(texts, fc.nat(12), (all, keptBytes) => {
        const candidates = {
          objects: Uint32Array.from(all, (_, at) => at * 2),
          hash: Uint32Array.from(all, ({ hash }) => hash),
          hashes: 3,
        };
        const comparison = new TextComparison(candidates, keptBytes);
        let left = Uint32Array.from(all.keys());
        for (let passes = 0; left.length > 0 && passes < 100; passes++) {
          for (const at of left) {
            const bytes = new TextEncoder().encode(`"${all[at]!.text}"`);
            comparison.add(at, bytes, 1, bytes.length - 1);
          }
          left = comparison.left() as typeof left;
        }
        expect(left.length).toBe(0);
        const { objects, first } = comparison.result();
        const found = Array.from(first.subarray(0, -1), (from, text) => [
          ...objects.subarray(from, first[text + 1]),
        ]);
        // Texts with different hashes are never compared: they are different.
        const byText = new Map<string, number[]>();
        for (const [at, { hash, text }] of all.entries()) {
          const key = `${hash} ${text}`;
          byText.set(key, [...(byText.get(key) ?? []), at * 2]);
        }
        const expected = [...byText.values()].filter(copies => copies.length > 1);
        const sorted = (lists: number[][]) => [...lists].sort((a, b) => a[0]! - b[0]!);
        expect(sorted(found)).toEqual(sorted(expected));
      }),
    );
  });

  it('leave out what can no longer be read', () => {
    const candidates = { objects: Uint32Array.of(1, 5, 9), hash: new Uint32Array(3), hashes: 1 };
    const comparison = new TextComparison(candidates);
    const text = new TextEncoder().encode('open');
    comparison.add(0, text, 0, text.length);
    comparison.add(1, null, 0, 0);
    comparison.add(2, text, 0, text.length);
    comparison.left();
    expect(comparison.result()).toEqual({
      objects: Uint32Array.of(1, 9),
      first: Uint32Array.of(0, 2),
      unread: 1,
    });
  });
});
