import { describe, expect, it } from 'vitest';
import { openRubyHeap, openText } from '../testing/open-heap.ts';
import { type Damages, incompleteness, isSinceDump } from './completeness.ts';

const nothing: Damages = {
  skippedRecords: 0,
  truncated: false,
  truncation: null,
  beginsWithinRecord: false,
  secondDump: null,
  damage: null,
};
const whole = {
  import: nothing,
  hasRoots: true,
  tracedObjects: 10,
  references: 100_000,
  danglingReferences: 0,
  duplicateAddresses: 0,
};
const report = (of: Partial<Damages>) => ({ ...whole, import: { ...whole.import, ...of } });

describe('incompleteness', () => {
  it('finds nothing in a complete dump, nor in one with a few dangling references', () => {
    expect(incompleteness(whole, 1000)).toEqual([]);
    expect(incompleteness({ ...whole, danglingReferences: 100 }, 1000)).toEqual([]);
    expect(incompleteness({ ...whole, references: 10, danglingReferences: 9 }, 1000)).toEqual([]);
  });

  it('says why, if the file shows it', () => {
    const place = { line: 1234, offset: 567_890 };
    const truncation = { ...place, cause: 'end-of-file', followedBy: null } as const;
    const followedBy = '[BUG] Segmentation fault\u001b[0m at 0x0';
    const second = { ...place, records: 5 };
    expect([
      ...incompleteness(report({ truncated: true, truncation }), 1000),
      ...incompleteness(
        report({ truncated: true, truncation: { ...truncation, cause: 'crash', followedBy } }),
        1000,
      ),
      ...incompleteness(
        report({ truncated: true, truncation: { ...truncation, cause: 'other-text' } }),
        1000,
      ),
      ...incompleteness(report({ damage: 'The gzip stream ends too early.' }), 1000),
      ...incompleteness(report({ skippedRecords: 1 }), 1000),
      ...incompleteness(report({ beginsWithinRecord: true }), 1000),
      ...incompleteness({ ...whole, duplicateAddresses: 2 }, 1000),
      ...incompleteness({ ...report({ secondDump: second }), duplicateAddresses: 2 }, 1000),
      ...incompleteness({ ...whole, danglingReferences: 1500 }, 1000),
    ]).toEqual([
      'The file ends within a record, at line 1,234 (byte 567,890): whatever followed is missing.',
      'The process crashed while it wrote the dump, which stops within a record, at line 1,234 (byte 567,890): “[BUG] Segmentation fault [0m at 0x0”.',
      'The dump stops within a record, at line 1,234 (byte 567,890), and other text follows.',
      'The gzip stream ends too early.',
      '1 record could not be read.',
      'The file begins within a record: it is a later part of a dump that was split. Drop all parts at once to open them as one.',
      '2 records have the address of an earlier record: the file may be mixed from several dumps.',
      '1,500 references lead to objects that are not in the file.',
    ]);
  });
});

describe('a dump without roots', () => {
  const TRACED = 'a STRING gen=4 -> 0xdead0\nb STRING gen=9';

  it('was taken with since: only if all objects are traced and the file is complete', async () => {
    const { info } = await openRubyHeap(TRACED);
    expect(info).toMatchObject({ hasRoots: false, isSinceDump: true, incomplete: [] });
    for (const drawing of [`${TRACED}\nc STRING`, 'a STRING\nb STRING']) {
      expect((await openRubyHeap(drawing)).info).toMatchObject({
        isSinceDump: false,
        incomplete: ['It has no GC roots, with which every complete dump begins.'],
      });
    }
    const cut = (await openRubyHeap(TRACED)).drawn.text.slice(0, -30);
    const { info: ofCut } = await openText(cut);
    expect(ofCut.isSinceDump).toBe(false);
    expect(ofCut.incomplete[0]).toMatch(/^The file ends within/);
    expect(ofCut.incomplete.at(-1)).toContain('no GC roots');
  });

  it('lacks nothing if it has no objects, such as a dump of shapes only', () => {
    expect(incompleteness({ ...whole, hasRoots: false }, 0)).toEqual([]);
    expect(isSinceDump({ ...whole, hasRoots: false }, 0)).toBe(false);
  });
});

it('reports what was lost', async () => {
  const { drawn } = await openRubyHeap('vm => a b\na STRING\nb STRING');
  const [root, first, second] = drawn.text.split('\n') as [string, string, string];
  const text = [root, first, 'GC took 3 ms', second.slice(0, 40)].join('\n');
  const { session, info } = await openText(text);
  expect(await session.ask('report', { snapshot: info.id })).toMatchObject({
    objects: 1,
    truncated: true,
    skippedRecords: 1,
    rescuedRecords: 0,
    foreignLines: 1,
    duplicateAddresses: 0,
    damage: null,
  });
  const repeated = await openText(`${drawn.text}${first}\n`);
  const query = { snapshot: repeated.info.id };
  expect(await repeated.session.ask('report', query)).toMatchObject({ objects: 2, duplicateAddresses: 1 });
});
