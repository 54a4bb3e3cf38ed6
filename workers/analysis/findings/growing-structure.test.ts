import { describe, expect, it } from 'vitest';
import { openHeap } from '../../testing/open-heap.ts';

const times = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Users, each with an attribute set of its generation; no container retains all of them alone. */
function users(generationOf: (index: number) => number): string {
  const names = times(120)
    .map(at => `u${at}`)
    .join(' ');
  return [
    `vm => user set a b`,
    'user CLASS 500 name=User',
    'set CLASS 500 name=AttributeSet',
    `a ARRAY 40 -> ${names}`,
    `b ARRAY 40 -> ${names}`,
    ...times(120).flatMap(at => [
      `u${at} OBJECT 40 class=user gen=${generationOf(at)} -> s${at}`,
      `s${at} OBJECT 1000 class=set gen=${generationOf(at)}`,
    ]),
  ].join('\n');
}

async function structuresOf(drawing: string) {
  const { session, info } = await openHeap(drawing);
  const { findings } = await session.ask('findings', { snapshot: info.id });
  return findings.filter(({ kind }) => kind === 'growing-structure');
}

describe('growing structures', () => {
  it('are pairs of classes whose members were created in many generations', async () => {
    const found = await structuresOf(users(index => 1 + (index % 12)));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      bytes: 120_000,
      objects: 120,
      certainty: 'evidence',
      figures: { holders: 120, members: 120 },
    });
    expect(found[0]!.figures.effectiveGenerations).toBeCloseTo(12, 6);
    expect(
      found[0]!.evidence.slice(2).map(({ label, detail }) => `${label}: ${detail}`.replace(/\s/g, ' ')),
    ).toEqual([
      'Reason: many holders, not one container: 120 holders with 1.0 members each on average',
      'Reason: members keep coming: their bytes are spread over 12.0 effective generations of 12',
      'Reason: they still come: 50 % of their bytes are of generation 7 or later',
      'Reason: they hold much: 95 % of the heap',
    ]);
    expect(found[0]!.sentence).toMatch(
      /^120 AttributeSet, each kept by one of 120 User, keep .* alive\. They were allocated over many generations/,
    );
  });

  it('are not reported if all were created at once', async () => {
    expect(await structuresOf(users(index => (index === 0 ? 1 : 12)))).toEqual([]);
  });
});
