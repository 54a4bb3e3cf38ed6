import { describe, expect, it } from 'vitest';
import { SUPERSEDED } from '../protocol/errors.ts';
import type { ObjectSetSpec } from '../protocol/object-set.ts';
import { heapFromText } from '../testing/heap-from-text.ts';
import { openRubyHeap } from '../testing/open-heap.ts';
import { HeapSession } from './heap-session.ts';

const ALL: ObjectSetSpec = { kind: 'all' };

/** Two classes, a leak of three sessions in an array, and one object that nothing holds. */
const LEAK = `
  vm => Object App
  machine_context => stray
  Object CLASS 600
  App CLASS 500 class=Object superclass=Object -> list
  Session CLASS 400 class=Object superclass=Object
  list ARRAY 80 length=3 -> s1 s2 s3
  s1 OBJECT 40 class=Session gen=3 at=/srv/app/models/session.rb:7 method=new -> d1
  s2 OBJECT 40 class=Session gen=4 at=/srv/app/models/session.rb:7 method=new -> d2
  s3 OBJECT 40 class=Session gen=5 at=/srv/app/models/session.rb:7 method=new -> d3
  d1 STRING 100 gen=3 at=/gems/rack-2.2.4/lib/rack.rb:3 bytesize=5 value=first
  d2 STRING 100 gen=4 at=/gems/rack-2.2.4/lib/rack.rb:3 bytesize=6 value=second
  d3 STRING 100 gen=9 at=/gems/rack-2.2.4/lib/rack.rb:3 bytesize=5 value=third
  stray STRING 50
  garbage STRING 70
`;

describe('HeapSession', () => {
  it('totals a heap', async () => {
    const { session, info } = await openRubyHeap(LEAK);
    const overview = await session.ask('overview', { snapshot: info.id, set: ALL, top: 3 });
    expect(overview.objects).toBe(12);
    expect(overview.shallowBytes).toBe(2120);
    expect(overview.unreachable).toEqual({ objects: 1, shallowBytes: 70 });
    expect(overview.roots.find(root => root.name === 'machine_context')).toMatchObject({ retainedBytes: 50 });
    expect(overview.topRetained[0]!.object).toMatchObject({
      title: 'App',
      retainedBytes: 500 + 80 + 3 * 140 + 400,
    });
  });

  it('counts what all instances of a class retain, once', async () => {
    const { session, info } = await openRubyHeap(LEAK);
    const query = {
      snapshot: info.id,
      set: ALL,
      sort: 'retainedBytes',
      descending: true,
      offset: 0,
      limit: 10,
    } as const;
    const { rows } = await session.ask('groups', { ...query, key: 'class' });
    expect(rows.find(row => row.label === 'Session')).toMatchObject({
      objects: 3,
      shallowBytes: 120,
      retainedBytes: 420,
      type: 'OBJECT',
    });
    const gems = await session.ask('groups', { ...query, key: 'gem' });
    expect(gems.rows.map(row => row.label)).toEqual([null, 'application', 'rack-2.2.4']);
    const found = await session.ask('groups', { ...query, key: 'class', filter: 'sess' });
    expect(found.total).toBe(1);
  });

  it('counts nested members of a class once', async () => {
    const { session, info } = await openRubyHeap(`
      vm => Node a
      Node CLASS 100
      a OBJECT 10 class=Node -> b
      b OBJECT 10 class=Node -> c
      c OBJECT 10 class=Node
      d OBJECT 10 class=Node
    `);
    const query = { snapshot: info.id, set: ALL, key: 'class', sort: 'label', descending: false } as const;
    const { rows } = await session.ask('groups', { ...query, offset: 0, limit: 10 });
    expect(rows.find(row => row.label === 'Node')).toMatchObject({ objects: 4, retainedBytes: 40 });
  });

  it('intersects and negates sets', async () => {
    const { session, info } = await openRubyHeap(LEAK);
    const size = (set: ObjectSetSpec) => session.ask('setSize', { snapshot: info.id, set });
    const generations: ObjectSetSpec = { kind: 'generations', from: 4, to: 5 };
    const strings: ObjectSetSpec = { kind: 'group', key: 'type', label: 'STRING' };
    expect(await size(generations)).toEqual({ objects: 3, shallowBytes: 180 });
    expect(await size({ kind: 'and', sets: [generations, strings] })).toEqual({
      objects: 1,
      shallowBytes: 100,
    });
    expect(await size({ kind: 'not', set: strings })).toEqual({ objects: 7, shallowBytes: 1700 });
    expect(await size({ kind: 'untraced' })).toEqual({ objects: 6, shallowBytes: 1700 });
    expect(await size({ kind: 'text', text: 'rack.rb' })).toMatchObject({ objects: 3 });
    expect(await size({ kind: 'text', text: 'App' })).toMatchObject({ objects: 4 });
    expect(await size({ kind: 'reachability', reachable: false })).toMatchObject({ objects: 1 });
  });

  it('takes a dominator subtree as a set', async () => {
    const { session, info, index } = await openRubyHeap(LEAK);
    const set: ObjectSetSpec = { kind: 'dominatedBy', object: index('list') };
    expect(await session.ask('setSize', { snapshot: info.id, set })).toMatchObject({ objects: 8 });
    const window = {
      snapshot: info.id,
      set,
      sort: 'retainedBytes',
      descending: true,
      offset: 0,
      limit: 2,
    } as const;
    const { total, rows } = await session.ask('objects', window);
    expect(total).toBe(8);
    expect(rows.map(row => row.index)).toEqual([index('list'), index('Session')]);
  });

  it('finds the shortest retainer path, and the kind of each step', async () => {
    const { session, info, index } = await openRubyHeap(LEAK);
    const path = await session.ask('retainerPath', { snapshot: info.id, object: index('d2') });
    expect(path.root).toBe('vm');
    expect(path.steps.map(step => [step.object.index, step.edge])).toEqual([
      [index('App'), 'root'],
      [index('list'), 'reference'],
      [index('s2'), 'reference'],
      [index('d2'), 'reference'],
    ]);
    const lost = await session.ask('retainerPath', { snapshot: info.id, object: index('garbage') });
    expect(lost).toMatchObject({ root: null });
    const session1 = await session.ask('retainerPath', { snapshot: info.id, object: index('Session') });
    expect(session1.steps.at(-1)).toMatchObject({ edge: 'class' });
  });

  it('sends the two ends of a very long path', async () => {
    const links = Array.from({ length: 3000 }, (_, i) => `n${i} OBJECT 40 class=C${i % 2} -> n${i + 1}`).join(
      '\n',
    );
    const { session, info, index } = await openRubyHeap(`
      vm => n0
      C0 CLASS 100
      C1 CLASS 100
      ${links}
      n3000 OBJECT 40
    `);
    const path = await session.ask('retainerPath', { snapshot: info.id, object: index('n3000') });
    expect(path.length).toBe(3001);
    expect(path.steps).toHaveLength(1000);
    expect(path.steps[0]).toMatchObject({ object: { index: index('n0') }, edge: 'root', omittedBefore: 0 });
    expect(path.steps[500]).toMatchObject({ object: { index: index('n2501') }, omittedBefore: 2001 });
    expect(path.steps[999]).toMatchObject({ object: { index: index('n3000') }, omittedBefore: 0 });
  });

  it('names instance variables only where that is certain', async () => {
    const { session, info, index } = await openRubyHeap(`
      vm => Thing sure unsure
      shape0 SHAPE id=0 depth=1 shape_type=ROOT
      shape1 SHAPE id=1 parent_id=0 shape_type=IVAR edge_name=@first
      shape2 SHAPE id=2 parent_id=1 shape_type=IVAR edge_name=@second
      Thing CLASS 100 shape_id=0 slot_size=160
      sure OBJECT 40 class=Thing shape_id=2 slot_size=40 ivars=2 -> x y
      unsure OBJECT 40 class=Thing shape_id=2 slot_size=40 ivars=2 -> x
      x STRING 40 slot_size=40
      y STRING 40 slot_size=40
    `);
    const ask = async (name: string) => {
      const object = index(name) - 3; // Shapes are not objects.
      const query = { snapshot: info.id, object, direction: 'references', offset: 0, limit: 10 } as const;
      return (await session.ask('neighbours', query)).rows.map(row => [row.kind, row.name]);
    };
    expect(await ask('sure')).toEqual([
      ['reference', '@first'],
      ['reference', '@second'],
      ['class', null],
    ]);
    expect(await ask('unsure')).toEqual([
      ['reference', null],
      ['class', null],
    ]);
  });

  it('reads the details of a record from the file', async () => {
    const { session, info, index } = await openRubyHeap(LEAK);
    const details = await session.ask('object', { snapshot: info.id, object: index('d2') });
    expect(details).toMatchObject({
      text: 'second',
      method: null,
      gem: 'rack-2.2.4',
      references: 0,
      referrers: 1,
      retainedObjects: 1,
      dominator: { kind: 'object', object: { index: index('s2') } },
    });
    expect(JSON.parse(details.raw)).toMatchObject({ type: 'STRING', value: 'second' });
    expect(
      await session.ask('excerpts', { snapshot: info.id, objects: [index('d3'), index('list')] }),
    ).toEqual([
      { text: 'third', shared: false },
      { text: null, shared: false },
    ]);
  });

  it('cuts the dominator tree so that areas add up', async () => {
    const { session, info } = await openRubyHeap(LEAK);
    for (const set of [ALL, { kind: 'group', key: 'type', label: 'STRING' } as const]) {
      for (const maxNodes of [4, 8, 100]) {
        const nodes = await session.ask('dominatorTree', {
          snapshot: info.id,
          set,
          root: { kind: 'all' },
          maxNodes,
          minShare: 0,
        });
        const total = await session.ask('setSize', { snapshot: info.id, set });
        expect(nodes[0]).toMatchObject({ bytes: total.shallowBytes, objects: total.objects });
        nodes.forEach((node, at) => {
          const children = nodes.filter(child => child.parent === at);
          if (children.length === 0) return;
          expect(children.reduce((sum, child) => sum + child.bytes, 0)).toBe(node.bytes);
        });
      }
    }
  });

  it('folds a list into its head', async () => {
    const links = Array.from({ length: 500 }, (_, i) => `n${i} OBJECT 40 class=Node -> n${i + 1}`).join('\n');
    const { session, info, index } = await openRubyHeap(`
      vm => Node n0
      Node CLASS 100
      ${links}
      n500 OBJECT 40 class=Node
    `);
    const overview = await session.ask('overview', { snapshot: info.id, set: ALL, top: 5 });
    expect(overview.topRetained).toHaveLength(2);
    expect(overview.topRetained[0]).toMatchObject({ object: { index: index('n0') }, chainLength: 501 });
    const nodes = await session.ask('dominatorTree', {
      snapshot: info.id,
      set: ALL,
      root: { kind: 'all' },
      maxNodes: 100,
      minShare: 0,
    });
    expect(nodes.find(node => node.object === index('n0'))).toMatchObject({
      chainLength: 501,
      bytes: 501 * 40,
    });
    const report = await session.ask('report', { snapshot: info.id, ...{ top: 3 } });
    expect(report.topRetained.map(row => row.retainedBytes)).toEqual([501 * 40, 500 * 40, 499 * 40]);
  });

  it('stacks generations with an untraced band', async () => {
    const { session, info } = await openRubyHeap(LEAK);
    const chart = await session.ask('generations', {
      snapshot: info.id,
      set: ALL,
      key: 'class',
      measure: 'bytes',
    });
    expect([...chart.generations]).toEqual([3, 4, 5, 9]);
    const bytes = chart.series.reduce(
      (sum, one) => sum + one.bytes.reduce((a, b) => a + b, 0) + one.untraced.shallowBytes,
      0,
    );
    expect(bytes).toBe(info.shallowBytes);
    expect(chart.traced).toBe(true);
  });

  it('groups by several keys', async () => {
    const { session, info } = await openRubyHeap(LEAK);
    const query = { snapshot: info.id, set: ALL, maxNodes: 100, minShare: 0 };
    const nodes = await session.ask('groupTree', { ...query, keys: ['class', 'site'], overhead: true });
    const sessions = nodes.findIndex(node => node.label === 'Session');
    expect(nodes.filter(node => node.parent === sessions)).toMatchObject([
      { label: '/srv/app/models/session.rb:7', objects: 3, bytes: 120 },
    ]);
    const { set } = nodes[sessions]!;
    expect(await session.ask('setSize', { snapshot: info.id, set: set! })).toEqual({
      objects: 3,
      shallowBytes: 120,
    });
  });

  it('switches to references only and back', async () => {
    const { session, info, index } = await openRubyHeap(LEAK);
    const classQuery = { snapshot: info.id, objects: [index('Session')] };
    expect((await session.ask('rows', classQuery))[0]!.reachable).toBe(true);
    expect((await session.setReferencesOnly(info.id, true)).referencesOnly).toBe(true);
    expect((await session.ask('rows', classQuery))[0]!.reachable).toBe(false);
    await session.setReferencesOnly(info.id, false);
    expect((await session.ask('rows', classQuery))[0]!.reachable).toBe(true);
  });

  it('keeps open heaps when the next file fails, and frees closed ones', async () => {
    const { session, info } = await openRubyHeap(LEAK);
    const failed = await session.open(
      new Blob(['<html></html>']),
      { loadId: 2, name: 'a.html' },
      () => undefined,
    );
    expect(failed).toMatchObject({
      ok: false,
      problem: { code: 'not-a-dump', looksLike: 'a web page (HTML)' },
    });
    const empty = await session.open(new Blob([]), { loadId: 3, name: 'empty' }, () => undefined);
    expect(empty).toMatchObject({ ok: false, problem: { code: 'empty-file' } });
    expect(await session.ask('setSize', { snapshot: info.id, set: ALL })).toMatchObject({ objects: 12 });
    await session.close(info.id);
    await expect(session.ask('setSize', { snapshot: info.id, set: ALL })).rejects.toThrow('No snapshot');
  });

  it('stops a load that is cancelled', async () => {
    const session = new HeapSession();
    const blob = new Blob([heapFromText(LEAK).bytes as Uint8Array<ArrayBuffer>]);
    const load = session.open(blob, { loadId: 7, name: 'x' }, () => void session.cancelOpen(7));
    expect(await load).toMatchObject({ ok: false, problem: { code: 'cancelled' } });
  });

  it('ends an older question of a lane when a newer one is asked', async () => {
    const strings = Array.from({ length: 200_000 }, (_, i) => `s${i} STRING 40 gen=${i % 7}`).join('\n');
    const { session, info } = await openRubyHeap(`vm => s0\n${strings}`);
    const ask = (generation: number) =>
      session.ask('overview', {
        snapshot: info.id,
        set: { kind: 'generations', from: generation, to: generation },
        top: 3,
        lane: 'overview',
      });
    const settled = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(ask));
    expect(settled.at(-1)!.status).toBe('fulfilled');
    for (const one of settled) {
      if (one.status === 'rejected') expect((one.reason as Error).name).toBe(SUPERSEDED);
    }
  });
});

describe('a heap that does not fit', () => {
  it('is refused with figures before memory runs out, and opens anyway if requested', async () => {
    // Enough text for an estimate: long values, so that few objects are needed.
    const value = 'x'.repeat(20_000);
    const lines = Array.from({ length: 8000 }, (_, object) => {
      const address = `0x${(0x7f0000000000 + object * 40).toString(16)}`;
      return `{"address":"${address}", "type":"STRING", "bytesize":20000, "value":"${value}", "memsize":20040}\n`;
    });
    const file = new Blob(['{"type":"ROOT", "root":"vm", "references":[]}\n', ...lines]);
    const session = new HeapSession(null, 400_000);
    const refused = await session.open(file, { loadId: 1, name: 'large.json' }, () => undefined);
    expect(refused).toMatchObject({
      ok: false,
      problem: { code: 'too-large', file: 'large.json', availableBytes: 400_000 },
    });
    if (!refused.ok) expect(refused.problem.neededBytes).toBeGreaterThan(8000 * 60);
    const options = { loadId: 2, name: 'large.json', ignoreMemoryLimit: true };
    expect(await session.open(file, options, () => undefined)).toMatchObject({ ok: true });
  });
});
