import { describe, expect, it } from 'vitest';
import { findInDrawn } from '../../testing/find-kind.ts';
import { closures } from './closures.ts';
import { doubtfulRoot } from './doubtful-root.ts';
import { duplicateTexts } from './duplicate-texts.ts';
import { equalCollections } from './equal-collections.ts';
import { growingClasses } from './growing-classes.ts';
import { growingUntraced } from './growing-untraced.ts';
import { keptByThreads } from './kept-by-threads.ts';
import { loadedCode } from './loaded-code.ts';
import { repeatedClass } from './repeated-class.ts';
import { shapeOrders } from './shape-orders.ts';
import { smallCollections } from './small-collections.ts';

const times = (count: number) => Array.from({ length: count }, (_, index) => index);
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('small collections', () => {
  it('are listed by allocation site, and a row opens the objects of its site', async () => {
    const { findings } = await findInDrawn(
      `vm => a b c d
       a ARRAY 40 length=0 gen=1 at=app.rb:1
       b ARRAY 80 length=0 gen=1 at=app.rb:2
       c HASH 40 size=0 gen=1 at=app.rb:2
       d HASH 200 size=5`,
      smallCollections,
    );
    expect(findings).toHaveLength(1);
    expect(plain(findings[0]!.sentence)).toBe(
      '3 empty collections take 160 B, the most (120 B) of them from app.rb:2.',
    );
    expect(findings[0]!.evidence.map(({ label, objects, bytes }) => [label, objects, bytes])).toEqual([
      ['app.rb:2', 2, 120],
      ['app.rb:1', 1, 40],
    ]);
    expect(findings[0]!.evidence[0]!.set).toMatchObject({ kind: 'and' });
  });
});

describe('strings with the same text', () => {
  it('are not those that differ in two neighbouring digits', async () => {
    const texts = times(1000).map(at => `static-${at}`);
    const { findings } = await findInDrawn(
      [
        `vm => ${times(1000)
          .map(at => `s${at}`)
          .join(' ')}`,
        ...texts.map((text, at) => `s${at} STRING 40 bytesize=${text.length} value=${text}`),
      ].join('\n'),
      duplicateTexts,
    );
    expect(findings).toEqual([]);
  });
});

describe('equal collections', () => {
  it('are those that contain the same objects in the same order', async () => {
    const { findings, address } = await findInDrawn(
      `vm => a b c d e
       s STRING
       t STRING
       a ARRAY 40 length=2 -> s t
       b ARRAY 80 length=2 -> s t
       c ARRAY 40 length=2 -> t s
       d ARRAY 40 length=3 -> s t
       e ARRAY 40 length=2 -> s t`,
      equalCollections,
    );
    // Of a, b and e the largest is kept; d has an element without a record.
    expect(findings[0]).toMatchObject({ objects: 2, bytes: 80, figures: { groups: 1 } });
    expect(findings[0]!.evidence[0]).toMatchObject({ objects: 2, object: { address: address('a') } });
  });
});

describe('closures', () => {
  it('are listed by site, with what only they retain', async () => {
    const { findings } = await findInDrawn(
      `vm => list
       list ARRAY 40 -> p q
       p DATA 80 struct=proc gen=1 at=app.rb:7 -> env
       env IMEMO 40 imemo_type=env -> big inner
       big STRING 5000
       inner DATA 80 struct=proc gen=1 at=app.rb:8
       q DATA 80 struct=proc gen=1 at=app.rb:7`,
      closures,
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ bytes: 5280, objects: 5, figures: { closures: 2 } });
    expect(findings[0]!.sentence).toContain('of app.rb:7 keep');
  });
});

describe('callbacks', () => {
  it('are shown with the objects that they captured as self and that nothing else holds', async () => {
    const { findings } = await findInDrawn(
      `vm => list Handler code kept
       Handler CLASS 500
       list ARRAY 40 -> p q r
       p DATA 80 struct=proc gen=1 at=app.rb:7 -> first code env
       q DATA 80 struct=proc gen=1 at=app.rb:7 -> second code env
       r DATA 80 struct=proc gen=1 at=app.rb:7 -> kept code env
       first OBJECT 100 class=Handler -> text
       text STRING 1000
       second OBJECT 100 class=Handler
       kept OBJECT 100 class=Handler
       code IMEMO 40 imemo_type=iseq
       env IMEMO 40 imemo_type=env`,
      closures,
    );
    expect(findings[0]!.figures).toEqual({ closures: 3, capturedSelves: 2 });
    expect(findings[0]!.evidence.find(({ detail }) => detail.startsWith('captured as self'))).toMatchObject({
      label: 'Handler',
      objects: 2,
      bytes: 1200,
      set: { kind: 'and', sets: [{ key: 'dominator' }, { key: 'class', label: 'Handler' }] },
    });
  });
});

describe('a conservative root', () => {
  it('is reported with what only it holds', async () => {
    const { findings } = await findInDrawn(
      `vm => a
       machine_context => a b
       a STRING 100
       b ARRAY 40 -> c
       c STRING 1000`,
      doubtfulRoot,
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ bytes: 1040, objects: 2, certainty: 'evidence' });
    expect(findings[0]!.set).toEqual({ kind: 'filter', text: 'root:machine_context' });
  });
});

describe('threads', () => {
  it('are reported with what they retain besides their stacks, each byte once', async () => {
    const { findings, address } = await findInDrawn(
      `vm => t
       t DATA 1000 struct=VM/thread -> s u
       s STRING 5000
       u DATA 1000 struct=VM/thread -> v
       v STRING 300`,
      keptByThreads,
    );
    expect(findings[0]).toMatchObject({ bytes: 6300, objects: 3, objectsShown: [address('t')] });
  });
});

describe('classes that exist several times', () => {
  it('are reported with what all but the newest retain', async () => {
    const { findings, address } = await findInDrawn(
      `vm => list
       list ARRAY 40 -> a b c
       a CLASS 500 name=Order gen=9 superclass=c
       b CLASS 500 name=Order gen=3 superclass=c -> kept
       c CLASS 500 name=Base
       kept STRING 100`,
      repeatedClass,
    );
    expect(findings[0]).toMatchObject({
      bytes: 600,
      objects: 1,
      objectsShown: [address('b')],
      certainty: 'estimate',
    });
    expect(findings[0]!.sentence).toContain('Order (2)');
  });
});

describe('classes without a name', () => {
  const classes = (generationOf: (index: number) => number) =>
    [
      'vm => list base',
      'base CLASS 500 name=Base',
      `list ARRAY 40 -> ${times(24)
        .map(at => `k${at}`)
        .join(' ')}`,
      ...times(24).map(at => `k${at} CLASS 500 name= superclass=base gen=${generationOf(at)} at=app.rb:1`),
    ].join('\n');

  it('are a leak if they keep being created', async () => {
    const { findings } = await findInDrawn(
      classes(index => 1 + (index % 12)),
      growingClasses,
      {
        'classes.count': 20,
        'classes.generations': 6,
        'classes.recent': 0.35,
      },
    );
    expect(findings[0]).toMatchObject({ bytes: 12_000, objects: 24, group: 'leak' });
    expect(findings[0]!.title).toBe('Classes keep being made: (subclass of Base)');
  });

  it('are not reported if they were created at boot', async () => {
    const { findings } = await findInDrawn(
      classes(() => 1),
      growingClasses,
      { 'classes.generations': 6 },
    );
    expect(findings).toEqual([]);
  });
});

describe('containers of an untraced dump', () => {
  const list = (young: number) =>
    [
      'vm => Audit',
      'Audit CLASS 500 -> list',
      `list ARRAY 40 -> ${times(400)
        .map(at => `e${at}`)
        .join(' ')}`,
      ...times(400).map(at => `e${at} OBJECT 1000 class=Audit${at < young ? '' : ' flags={"old":true}'}`),
    ].join('\n');

  it('may be growing if some elements are young and most are old', async () => {
    const { findings } = await findInDrawn(list(40), growingUntraced, { 'untraced.young': 0.02 });
    expect(findings[0]).toMatchObject({ figures: { young: 40, old: 360 }, certainty: 'evidence' });
    expect(findings[0]!.sentence).toContain('of Audit may be growing');
    expect((await findInDrawn(list(0), growingUntraced)).findings).toEqual([]);
    expect((await findInDrawn(list(400), growingUntraced)).findings).toEqual([]);
  });
});

describe('loaded code', () => {
  it('belongs to the gem of the class that dominates it', async () => {
    const { findings } = await findInDrawn(
      `vm => a s
       a CLASS 500 gen=1 at=/x/gems/shop-1.2.3/lib/a.rb:1 -> m
       m IMEMO 100 imemo_type=iseq gen=1 at=/x/gems/loader-1.0.0/lib/l.rb:1
       s STRING 400`,
      loadedCode,
      { 'code.share': 0.1 },
    );
    expect(findings[0]).toMatchObject({ bytes: 600, objects: 2, figures: { share: 0.6 } });
    expect(findings[0]!.evidence).toMatchObject([
      {
        label: 'shop-1.2.3',
        bytes: 600,
        detail: expect.stringMatching(/^Class 500.B, IMEMO:iseq 100.B; its code alone/),
      },
    ]);
  });
});

describe('shapes', () => {
  it('are reported if variables are set in several orders', async () => {
    const shape = (id: number, parent: number, name: string) =>
      `shape${id} SHAPE 40 id=${id} parent_id=${parent} depth=1 shape_type=IVAR edge_name=${name}`;
    const { findings } = await findInDrawn(
      [
        'vm => o',
        'shape0 SHAPE 40 id=0 depth=1 shape_type=ROOT',
        shape(1, 0, '@a'),
        shape(2, 1, '@b'),
        shape(3, 0, '@b'),
        shape(4, 3, '@a'),
        shape(5, 4, '@c'),
        shape(6, 2, '@c'),
        'o OBJECT',
      ].join('\n'),
      shapeOrders,
    );
    expect(findings[0]).toMatchObject({ figures: { shapes: 7, sets: 1 } });
    expect(findings[0]!.evidence[0]!.label).toMatch(/^@[ab], @[ab], @c$/);
  });
});
