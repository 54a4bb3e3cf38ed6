import { describe, expect, it } from 'vitest';
import { growingHeap } from '../../testing/growing-heap.ts';
import { openHeap } from '../../testing/open-heap.ts';

const times = (count: number) => Array.from({ length: count }, (_, index) => index);
const MIB = 2 ** 20;

async function findingsOf(drawing: string, thresholds = {}) {
  const { session, info, drawn } = await openHeap(drawing);
  const { findings } = await session.ask('findings', { snapshot: info.id, thresholds });
  return { findings, address: drawn.address };
}

const UNTRACED = times(40).map(() => null);

describe('suspects', () => {
  it('are reported at their accumulation point, with their main contents', async () => {
    const drawing = growingHeap([{ owner: 'Audit', generations: UNTRACED, bytes: MIB }]).replaceAll(
      ' gen=1',
      '',
    );
    const { findings, address } = await findingsOf(drawing);
    expect(findings.map(({ kind }) => kind)).toEqual(['suspect']);
    const [suspect] = findings;
    expect(suspect!.objectsShown).toEqual([address('list0')]);
    expect(suspect!.bytes).toBe(40 * MIB + 40);
    expect(suspect!.sentence.replaceAll('\u00a0', ' ')).toMatch(
      /^Array\[40\] of Audit keeps 40\.0 MiB alive, .* of the heap: mostly 40 Entry \(40\.0 MiB\)/,
    );
    expect(suspect!.evidence[0]).toMatchObject({
      label: 'class Audit',
      object: { address: address('owner0') },
    });
  });

  it('are not reported again if they grow, nor if their history shows no growth', async () => {
    const growing = growingHeap([
      { owner: 'Audit', generations: times(40).map(index => 1 + (index % 20)), bytes: MIB },
      { owner: 'Boot', generations: times(40).map(() => 1), bytes: MIB },
    ]);
    const { findings } = await findingsOf(growing);
    expect(findings.map(({ kind, title }) => `${kind}: ${title.split(' ')[0]}`)).toEqual([
      'growing-container: Audit',
      'large: Boot',
    ]);
    expect(findings[1]).toMatchObject({ group: 'state', bytes: 40 * MIB + 40 });
  });

  it('are the heads of long lists, not their ends', async () => {
    const { findings, address } = await findingsOf(
      [
        'vm => n0',
        'node CLASS 500 name=Node',
        ...times(300).map(at => `n${at} OBJECT 40000 class=node${at === 299 ? '' : ` -> n${at + 1}`}`),
      ].join('\n'),
    );
    expect(findings[0]!.objectsShown).toEqual([address('n0')]);
    expect(findings[0]!.sentence).toContain('the head of a list of 300 Node');
  });

  it('exclude the allocation tracer, also from the heap size that shares are based on', async () => {
    const { findings } = await findingsOf(
      `vm => holder a s\nholder DATA 100 struct=box -> t\nt DATA 50000000 struct=ObjectTracing/allocation_info_tracer\na STRING 2000000 class=s\ns CLASS 100 name=String`,
    );
    expect(findings.map(({ figures }) => figures.share)).toEqual([2_000_000 / 2_000_200]);
  });
});

describe('groups', () => {
  it('are objects of one class that no single object retains, with the class that refers to them', async () => {
    const { findings } = await findingsOf(
      [
        'vm => a b',
        'entry CLASS 500 name=Entry',
        'store CLASS 500 name=Store',
        `a OBJECT 40 class=store -> ${times(30)
          .map(at => `e${at}`)
          .join(' ')}`,
        `b OBJECT 40 class=store -> ${times(30)
          .map(at => `e${at}`)
          .join(' ')}`,
        ...times(30).map(at => `e${at} OBJECT 100000 class=entry`),
      ].join('\n'),
    );
    expect(findings.map(({ kind }) => kind)).toEqual(['suspect-group']);
    expect(findings[0]).toMatchObject({
      bytes: 3_000_000,
      objects: 30,
      figures: { members: 30, commonHolder: 1 },
    });
    expect(findings[0]!.sentence.replaceAll('\u00a0', ' ')).toMatch(
      /^30 Entry that no single object keeps, 100 % of them referred to by Store, hold 2\.86 MiB/,
    );
  });
});
