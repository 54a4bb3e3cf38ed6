import { describe, expect, it } from 'vitest';
import type { SnapshotInfo } from '../../protocol/snapshot-info.ts';
import type { HeapSession } from '../../service/heap-session.ts';
import { fixtureDump, fixtureNames } from '../../testing/fixture-dumps.ts';
import { openText } from '../../testing/open-heap.ts';

/** The fixtures of the script with a planted leak; others are from another script, partial or untraced. */
const LEAKING = fixtureNames().filter(
  name => /^ruby-3\.1(-full)?$|-wasm(-full)?$/.test(name) && !/since|untraced/.test(name),
);

const open = (name: string) => openText(new TextDecoder().decode(fixtureDump(name)));
const ask = async ({ session, info }: { session: HeapSession; info: SnapshotInfo }) =>
  (await session.ask('findings', { snapshot: info.id })).findings;

describe('findings of real dumps', () => {
  it.each(LEAKING)('are only the planted leak of %s, and name its array', async name => {
    const opened = await open(name);
    const leaks = (await ask(opened)).filter(({ group }) => group === 'leak');
    expect(leaks).toHaveLength(1);
    const [leak] = leaks;
    expect(leak!.kind).toBe('growing-container');
    expect(leak!.sentence).toMatch(
      /^Array\[8[08]\] of Visits is still growing and keeps .* alive: .* Visits::Visit/,
    );
    const found = await opened.session.ask('find', {
      snapshot: opened.info.id,
      text: leak!.objectsShown[0]!,
    });
    expect(leak!.set).toEqual({ kind: 'dominatedBy', object: found!.object });
  });

  it.each(fixtureNames().filter(name => !LEAKING.includes(name)))('contain no leak in %s', async name => {
    expect((await ask(await open(name))).filter(({ group }) => group === 'leak')).toEqual([]);
  });

  it('are in the report as well, in order', async () => {
    const { session, info } = await open('ruby-3.1');
    const findings = await ask({ session, info });
    const report = await session.ask('report', { snapshot: info.id });
    expect(report.findings!.map(({ sentence }) => sentence)).toEqual(
      findings.map(({ sentence }) => sentence),
    );
    expect(Object.keys(report.findings![0]!)).toEqual([
      'kind',
      'sentence',
      'bytes',
      'objects',
      'certainty',
      'objectsShown',
      'figures',
    ]);
    const narrowed = await session.ask('report', { snapshot: info.id, filter: 'class:Page' });
    expect(narrowed.findings).toBeUndefined();
  });
});
