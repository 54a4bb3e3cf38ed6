import { describe, expect, it } from 'vitest';
import { findIn, findInDrawn } from '../../testing/find-kind.ts';
import { fixtureDump } from '../../testing/fixture-dumps.ts';
import { readSnapshot } from '../../testing/snapshot-columns.ts';
import { anonymousClasses } from './anonymous-classes.ts';
import { oversizedSlots } from './oversized-slots.ts';
import { retainedTogether } from './retained-together.ts';
import { smallStructs } from './small-structs.ts';
import { sparseCollections } from './sparse-collections.ts';
import { specialObjects } from './special-objects.ts';

describe('structs of one member', () => {
  it('are recognized by the list of members that their class refers to', async () => {
    const { findings, address } = await findInDrawn(
      `
      vm => One Two a b c
      One CLASS 600 -> one
      one ARRAY length=1 frozen=true
      Two CLASS 600 -> two two
      two ARRAY length=2 frozen=true
      a STRUCT 40 class=One
      b STRUCT 48 class=One
      c STRUCT 40 class=Two
      `,
      smallStructs,
    );
    expect(findings).toMatchObject([{ objects: 2, bytes: 88, objectsShown: [address('b'), address('a')] }]);
    expect(findings[0]!.sentence).toContain('One');
  });

  it('are recognized if a fields object holds the list, but not if lists disagree', async () => {
    const { findings } = await findInDrawn(
      `
      vm => One Odd a b
      One CLASS 600 -> fields
      fields IMEMO 40 imemo_type=fields -> one
      one ARRAY length=1 frozen=true
      Odd CLASS 600 -> one two
      two ARRAY length=2 frozen=true
      a STRUCT 40 class=One
      b STRUCT 40 class=Odd
      `,
      smallStructs,
    );
    expect(findings).toMatchObject([{ objects: 1, bytes: 40 }]);
  });
});

it('slots larger than their content are not reported if all slots have one size', async () => {
  const { findings } = await findInDrawn('vm => s\ns STRING 40 bytesize=1 embedded=true', oversizedSlots);
  expect(findings).toEqual([]);
});

it('sparse collections have room for several times their content', async () => {
  const drawing = `
    vm => full sparse map shared
    full ARRAY 104 length=8
    sparse ARRAY 104 length=2
    map HASH 232 size=2
    shared ARRAY 1040 length=2 shared=true
  `;
  const atFour = await findInDrawn(drawing, sparseCollections, { 'sparse.times': 4 });
  expect(atFour.findings).toMatchObject([{ objects: 2, bytes: 104 - 40 - 16 + (232 - 40 - 48) }]);
  const atFive = await findInDrawn(drawing, sparseCollections, { 'sparse.times': 5 });
  expect(atFive.findings).toEqual([]);
});

it('classes created at run time are those without a name, by their origin', async () => {
  const { findings, address } = await findInDrawn(
    `
    vm => Base object
    Base CLASS 500 superclass=Base
    one CLASS 100 name= superclass=Base
    two CLASS 200 name= superclass=one
    object class=single -> one
    single CLASS 300 name= singleton=true superclass=Base -> object two
    meta CLASS 50 name= singleton=true superclass=Base -> Base
    `,
    anonymousClasses,
  );
  expect(findings).toMatchObject([
    {
      objects: 3,
      bytes: 600,
      objectsShown: [address('one'), address('two'), address('single')],
      evidence: [
        { label: 'subclasses of Base', objects: 2, bytes: 300 },
        { label: 'singleton classes of Base', objects: 1 },
      ],
    },
  ]);
});

it('special objects are counted by sort', async () => {
  const { findings } = await findInDrawn(
    `
    vm => broken map
    finalizers => proc
    broken STRING 40 broken=true
    map DATA 60 struct=weakmap
    proc DATA 80 struct=proc
    zombie ZOMBIE memsize=
    `,
    specialObjects,
  );
  expect(findings).toMatchObject([
    {
      objects: 4,
      bytes: 180,
      figures: { Zombies: 1, Finalizers: 1, 'Broken strings': 1, 'Weak maps': 1 },
      sentence:
        '1 object awaits its finalizer, 1 finalizer is registered, 1 string is broken and 1 weak map.',
    },
  ]);
});

it('shareable objects are those flagged in the records', async () => {
  const text = Buffer.from(fixtureDump('ruby-4.0')).toString('latin1');
  const [found] = findIn(await readSnapshot(fixtureDump('ruby-4.0')), specialObjects);
  const flagged = [...text.matchAll(/"flags":\{[^}]*"shareable":true/g)].length;
  expect(flagged).toBeGreaterThan(0);
  expect(found!.figures['Shareable objects']).toBe(flagged);
});

it('objects together retain what the dominator tree says, each byte once', async () => {
  const { snapshot, retention } = await readSnapshot(
    new TextEncoder().encode(
      [
        '{"type":"ROOT", "root":"vm", "references":["0x1000"]}',
        '{"address":"0x1000", "type":"ARRAY", "length":1, "references":["0x1028"], "memsize":40}',
        '{"address":"0x1028", "type":"ARRAY", "length":1, "references":["0x1050"], "memsize":50}',
        '{"address":"0x1050", "type":"STRING", "memsize":60}',
        '{"address":"0x1078", "type":"STRING", "memsize":70}',
      ].join('\n'),
    ),
  );
  expect(snapshot.objects).toBe(4);
  expect(retainedTogether(retention, [2, 1])).toBe(110);
  expect(retainedTogether(retention, [0, 1, 2])).toBe(150);
  expect(retainedTogether(retention, [3])).toBe(0);
});
