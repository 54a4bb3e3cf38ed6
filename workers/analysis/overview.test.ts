import { describe, expect, it } from 'vitest';
import { openHeap } from '../testing/open-heap.ts';

async function overviewOf(drawing: string) {
  const { session, info } = await openHeap(drawing);
  return session.ask('overview', { snapshot: info.id, set: { kind: 'all' }, top: 20 });
}

describe('threads', () => {
  const THREADS =
    'main DATA struct=VM/thread\nt1 DATA struct=VM/thread\nt2 DATA struct=VM/thread\nkeep ARRAY -> t1 t2';

  it('are running if a ractor refers to them', async () => {
    const of = async (running: string) =>
      (await overviewOf(`vm => r keep\nr DATA struct=ractor -> ${running} keep\n${THREADS}`)).threads;
    expect(await of('main')).toEqual({ running: 1, others: 2 });
    expect(await of('main main t1')).toEqual({ running: 2, others: 1 });
    expect(await of('')).toBeNull();
  });

  it('are running if the root vm lists them, in Rubies without ractors', async () => {
    expect((await overviewOf(`vm => main t1 keep\n${THREADS}`)).threads).toEqual({ running: 2, others: 1 });
    expect((await overviewOf(`vm => keep\n${THREADS}`)).threads).toBeNull();
    expect((await overviewOf('vm => a\na STRING')).threads).toBeNull();
  });
});

describe('rows of threads', () => {
  it('shows which are running, where they were started, and what only they retain', async () => {
    const { session, info, name } = await openHeap(`
      vm => r main done
      r DATA struct=ractor -> main
      main DATA 1000 struct=VM/thread -> f
      done DATA 1000 struct=VM/thread gen=3 at=app.rb:7 -> s
      f DATA 200 struct=fiber
      s STRING 500`);
    const rows = await session.ask('threads', { snapshot: info.id, limit: 10 });
    expect(
      rows.map(row => [name(row.object.index), row.kind, row.running, row.keptBytes, row.object.site]),
    ).toEqual([
      ['done', 'thread', false, 500, 'app.rb:7'],
      ['main', 'thread', true, 200, null],
      ['f', 'fiber', null, 0, null],
    ]);
    expect(await session.ask('threads', { snapshot: info.id, limit: 1 })).toHaveLength(1);
  });
});

describe('ractors', () => {
  const DRAWING = `
    vm => main other ended
    main DATA struct=ractor -> t1
    t1 DATA struct=VM/thread -> main f
    f DATA struct=fiber -> f t1
    other DATA struct=ractor -> t2
    t2 DATA struct=VM/thread -> other other s
    s STRING 300
    ended DATA struct=VM/thread -> other
    adrift DATA struct=VM/thread -> main other`;

  it('are shown for threads and fibers if there are several', async () => {
    const { session, info, name } = await openHeap(DRAWING);
    const rows = await session.ask('threads', { snapshot: info.id, limit: 10 });
    const byName = rows.map(row => [
      name(row.object.index),
      [row.kind, row.running, row.ractor && name(row.ractor.object)],
    ]);
    expect(Object.fromEntries(byName)).toEqual({
      main: ['ractor', true, null],
      other: ['ractor', true, null],
      t1: ['thread', true, 'main'],
      f: ['fiber', null, 'main'],
      t2: ['thread', true, 'other'],
      ended: ['thread', false, 'other'],
      adrift: ['thread', false, null],
    });
  });

  it('are left out if there is only one', async () => {
    const { session, info } = await openHeap(
      'vm => r\nr DATA struct=ractor -> t\nt DATA struct=VM/thread -> r',
    );
    const rows = await session.ask('threads', { snapshot: info.id, limit: 10 });
    expect(rows.map(({ kind, ractor }) => [kind, ractor])).toEqual([['thread', null]]);
  });
});

describe('repeated classes', () => {
  const CLASSES = `
    vm => list
    list ARRAY -> a1 a2 a3 b1 b2 m1 c n
    a1 CLASS name=Order
    a2 CLASS name=Order
    a3 CLASS name=Order
    b1 CLASS name=Admin::Report
    b2 CLASS name=Admin::Report
    m1 MODULE name=Shared
    c CLASS name=Shared
    s CLASS name=Order singleton=true`;

  it('are those of one name and type, without singleton classes', async () => {
    expect((await overviewOf(`${CLASSES}\nn CLASS superclass=c`)).repeatedClasses).toEqual([
      { name: 'Order', count: 3 },
      { name: 'Admin::Report', count: 2 },
    ]);
  });

  it('are not reported up to Ruby 3.0, whose records do not mark singleton classes', async () => {
    expect((await overviewOf(`${CLASSES}\nn CLASS`)).repeatedClasses).toEqual([]);
  });
});

describe('the largest objects', () => {
  it('are searched for through Object, main and namespaces', async () => {
    const { topRetained } = await overviewOf(`
      vm => Object main
      Object CLASS 100 -> orders Shop
      orders ARRAY 50 length=2 -> a b
      a STRING 10
      b STRING 10
      Shop MODULE 40 -> Cart
      Cart CLASS 200 name=Shop::Cart -> cache
      cache HASH 300 length=1
      main OBJECT 40 class=Object -> held
      held STRUCT 700`);
    const rows = topRetained
      .slice(0, 4)
      .map(({ object, atTopLevel, elementClass }) => [
        object.title || object.label,
        object.retainedBytes,
        atTopLevel,
        elementClass,
      ]);
    expect(rows).toEqual([
      ['(internal) STRUCT', 700, true, null],
      ['Shop::Cart', 500, false, null],
      ['{1}', 300, false, null],
      ['[2]', 70, true, '(internal) STRING'],
    ]);
    expect(topRetained).toHaveLength(6);
  });

  it('exclude objects that hold little but the allocation tracer', async () => {
    const { topRetained } = await overviewOf(`
      vm => pins cache
      pins DATA 100 struct=pins -> tracer note
      note STRING 40
      tracer DATA 5000 struct=ObjectTracing/allocation_info_tracer
      cache HASH 300 length=0`);
    expect(topRetained.map(({ object, overhead }) => [object.retainedBytes, overhead])).toEqual([
      [5000, true],
      [300, false],
      [40, false],
    ]);
  });
});
