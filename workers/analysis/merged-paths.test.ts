import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standardEdges } from '../indexes/retention-edges.ts';
import { shortestPaths, UNREACHED } from '../indexes/shortest-paths.ts';
import { addressOf, descriptorOf, type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import { emptyBits, ObjectSet } from '../model/object-set.ts';
import { runToEnd } from '../model/steps.ts';
import type { Exclusion, ReferenceEnd } from '../protocol/exclusions.ts';
import type { PathNode } from '../protocol/paths.ts';
import { heapFromText } from '../testing/heap-from-text.ts';
import { openHeap } from '../testing/open-heap.ts';
import { oracleDistances, oracleEdges, oracleLabel } from '../testing/oracle-paths.ts';
import { HEAP_WORDS, randomHeaps } from '../testing/random-heaps.ts';
import { type ReadSnapshot, readSnapshot } from '../testing/snapshot-columns.ts';
import { compileExclusions } from './exclusions.ts';
import { freedBy } from './freed-by.ts';
import { pathCut } from './path-cut.ts';
import { pathTree } from './path-tree.ts';

const LABELS = [
  ...HEAP_WORDS.classes,
  'Class',
  'Module',
  '(internal) STRING',
  '(internal) ARRAY',
  '(internal) OBJECT',
];
const ends: fc.Arbitrary<ReferenceEnd> = fc.oneof(
  fc.constantFrom(...HEAP_WORDS.roots).map(root => ({ kind: 'root', root }) as const),
  fc.nat(46).map(index => ({ kind: 'object', address: `0x${(0x10000 + index * 40).toString(16)}` }) as const),
  fc.constantFrom(...LABELS).map(label => ({ kind: 'class', label }) as const),
);
const exclusions: fc.Arbitrary<Exclusion[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: ends },
    {
      weight: 4,
      arbitrary: fc.tuple(ends, ends).map(([from, to]) => ({ kind: 'reference', from, to }) as const),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('class', 'internal').map(edges => ({ kind: 'edges', edges }) as const),
    },
  ),
  { maxLength: 4 },
);

function search({ snapshot, retention }: ReadSnapshot, ignore: readonly Exclusion[]): Uint32Array {
  const leftOut = compileExclusions(snapshot, retention, ignore);
  return runToEnd(shortestPaths(snapshot, standardEdges(snapshot), retention, leftOut));
}

/** The path from a root to an object: the root's vertex, then objects. */
function pathFromRoot({ objects }: HeapSnapshot, before: Uint32Array, object: number): number[] {
  const way = [object];
  while (way[0]! < objects) way.unshift(before[way[0]!]!);
  return way;
}

describe('on random heaps', () => {
  test('paths without what is ignored are shortest, and use only remaining edges', async () => {
    await fc.assert(
      fc.asyncProperty(randomHeaps, exclusions, async (drawing, ignore) => {
        const read = await readSnapshot(heapFromText(drawing).bytes);
        const { snapshot, retention } = read;
        const before = search(read, ignore);
        const edges = oracleEdges(snapshot, retention, ignore);
        const distances = oracleDistances(snapshot.objects, edges);
        const known = new Set(edges.map(({ from, to }) => `${from} ${to}`));
        for (let object = 0; object < snapshot.objects; object++) {
          if (before[object] === UNREACHED) expect(distances[object]).toBe(-1);
          else expect(pathFromRoot(snapshot, before, object)).toHaveLength(distances[object]! + 2);
          if (before[object] !== UNREACHED) expect(known).toContain(`${before[object]} ${object}`);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('merged paths have the counts of the separate paths', async () => {
    await fc.assert(
      fc.asyncProperty(randomHeaps, exclusions, fc.array(fc.nat(46)), async (drawing, ignore, chosen) => {
        const read = await readSnapshot(heapFromText(drawing).bytes);
        const { snapshot, retention } = read;
        const before = search(read, ignore);
        const bits = emptyBits(snapshot.objects);
        for (const object of chosen) bits[object >>> 5]! |= 1 << (object & 31);
        const set = runToEnd(ObjectSet.ofBits(snapshot, bits));
        const tree = runToEnd(pathTree(snapshot, retention, before, set));
        const input = { snapshot, retention, before, tree, points: new Set<number>() };
        const nodes = pathCut(input, 'fromRoots', [], { maxNodes: 10_000, minShare: 0, skip: 0 });
        expect(countsOf(nodes)).toEqual(oracleTree(read, before, [...new Set(chosen)]));

        // Reversed, the first level is the classes of members with a path, and every level below adds up.
        const turned = pathCut(input, 'fromSet', [], { maxNodes: 10_000, minShare: 0, skip: 0 });
        for (const [at, node] of turned.entries()) {
          const below = turned.filter(({ parent }) => parent === at);
          if (below.length === 0) continue;
          expect(below.reduce((sum, { objects }) => sum + objects, 0)).toBe(node.objects);
          expect(below.reduce((sum, { shallowBytes }) => sum + shallowBytes, 0)).toBe(node.shallowBytes);
        }
        const leaves = turned.filter((_, at) => !turned.some(({ parent }) => parent === at));
        if (turned[0]!.objects > 0)
          expect(new Set(leaves.map(({ kind }) => kind))).toEqual(new Set(['root']));
      }),
      { numRuns: 30 },
    );
  });

  test('a cut frees exactly what no root reaches without it', async () => {
    await fc.assert(
      fc.asyncProperty(randomHeaps, exclusions, async (drawing, cut) => {
        const { snapshot, retention } = await readSnapshot(heapFromText(drawing).bytes);
        const leftOut = compileExclusions(snapshot, retention, cut);
        const freed = runToEnd(freedBy(snapshot, standardEdges(snapshot), retention, leftOut));
        const distances = oracleDistances(snapshot.objects, oracleEdges(snapshot, retention, cut));
        const gone = distances.flatMap((distance, object) =>
          distance < 0 && retention.tree.position[object] !== 0 ? [object] : [],
        );
        expect(freed.objects).toBe(gone.length);
        expect(freed.shallowBytes).toBe(
          gone.reduce((sum, object) => sum + shallowBytesOf(snapshot, object), 0),
        );
        for (const { label, objects } of freed.classes) {
          expect(gone.filter(object => oracleLabel(snapshot, object) === label)).toHaveLength(objects);
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** Path of steps → members behind it, members in it, and objects of the node. */
type NodeCounts = Map<string, { objects: number; shallowBytes: number; members: number; holders: number }>;

function countsOf(nodes: readonly PathNode[]): NodeCounts {
  const counts: NodeCounts = new Map();
  const paths: string[] = [];
  for (const { parent, step, kind, objects, shallowBytes, members, holders } of nodes) {
    paths.push(parent < 0 ? '' : `${paths[parent]}/${step}`);
    expect(kind).not.toBe('remainder');
    counts.set(paths.at(-1)!, { objects, shallowBytes, members, holders });
  }
  return counts;
}

function oracleTree(
  { snapshot, retention }: ReadSnapshot,
  before: Uint32Array,
  members: readonly number[],
): NodeCounts {
  const counts: NodeCounts = new Map();
  const holders = new Map<string, Set<number>>();
  const at = (path: string) => {
    const node = counts.get(path) ?? { objects: 0, shallowBytes: 0, members: 0, holders: 0 };
    counts.set(path, node);
    return node;
  };
  at('');
  for (const member of members) {
    if (before[member] === UNREACHED) continue;
    const way = pathFromRoot(snapshot, before, member);
    const steps = way.map(vertex => stepOf(snapshot, retention.kinds, vertex));
    // The third object of a run of one class and all that follow are one node.
    const paths = ['', ...steps].map((_, length) => {
      const kept = steps
        .slice(0, length)
        .filter((step, i) => !step.startsWith('class:') || step !== steps[i - 1] || step !== steps[i - 2]);
      // The second object of a run is in the node of the third as well.
      return kept.map(step => `/${step}`).join('');
    });
    for (const path of new Set(paths)) {
      const node = at(path);
      node.objects++;
      node.shallowBytes += shallowBytesOf(snapshot, member);
    }
    at(paths.at(-1)!).members++;
    for (const [i, vertex] of way.entries()) {
      const path = paths[i + 1]!;
      const known = holders.get(path) ?? new Set();
      holders.set(path, known.add(vertex));
    }
  }
  for (const [path, objects] of holders) at(path).holders = objects.size;
  return counts;
}

function stepOf(snapshot: HeapSnapshot, kinds: readonly string[], vertex: number): string {
  if (vertex >= snapshot.objects) return `root:${kinds[vertex - snapshot.objects]}`;
  const type = snapshot.strings.text(snapshot.descriptors.type[descriptorOf(snapshot, vertex)]!);
  const isClass = ['CLASS', 'MODULE', 'ICLASS'].includes(type);
  return isClass ? `object:${addressOf(snapshot, vertex)}` : `class:${oracleLabel(snapshot, vertex)}`;
}

describe('a drawn heap', () => {
  const sessions = Array.from({ length: 30 }, (_, i) => `s${i}`);
  const drawing = `
    vm => Cache Registry Session
    machine_context => stray
    Cache CLASS 100 -> table
    Registry CLASS 100 -> list
    Session CLASS 100
    table HASH 500 size=20 -> ${sessions.slice(0, 20).join(' ')}
    list ARRAY 300 length=20 -> ${sessions.slice(10).join(' ')}
    ${sessions.map(name => `${name} OBJECT 40 class=Session`).join('\n')}
    stray STRING 40
    lost STRING 40
  `;
  const ask = async (filter: string, ignore: Exclusion[] = []) => {
    const { session, info } = await openHeap(drawing);
    const limits = { maxNodes: 100, minShare: 0, direction: 'fromRoots', path: [] } as const;
    const set = { kind: 'filter', text: filter } as const;
    return session.ask('mergedPaths', { snapshot: info.id, set, ...limits, path: [], ignore });
  };

  test('names the objects that hold a set', async () => {
    const { sentences, points } = await ask('class:Session type:OBJECT');
    expect(sentences).toEqual([
      'All 30 Session are held in 2 places: 20 by one (internal) HASH of 20 entries that Cache refers to and 10 by one (internal) ARRAY of 20 elements that Registry refers to.',
    ]);
    expect(points.map(({ behind, held, dominated }) => [behind, held, dominated])).toEqual([
      [20, 20, 10],
      [10, 20, 10],
    ]);
  });

  test('counts separately what none of them holds', async () => {
    const { sentences } = await ask('type:OBJECT or type:STRING is:reachable');
    expect(sentences.slice(0, 2)).toEqual([
      '30 of 31 objects are held in 2 places: 20 by one (internal) HASH of 20 entries that Cache refers to and 10 by one (internal) ARRAY of 20 elements that Registry refers to.',
      'The other one is held elsewhere, by objects that hold few of them each.',
    ]);
  });

  test('counts each member once, also where one point is behind another', async () => {
    const events = Array.from({ length: 20 }, (_, i) => `e${i}`);
    const words = Array.from({ length: 20 }, (_, i) => `w${i}`);
    const { session, info } = await openHeap(`
      vm => Object
      Object CLASS 100 -> Audit ${words.join(' ')}
      Audit CLASS 100 -> trail
      trail ARRAY 300 length=20 -> ${events.join(' ')}
      ${events.map(name => `${name} STRING 40`).join('\n')}
      ${words.map(name => `${name} STRING 40`).join('\n')}
    `);
    const { sentences } = await session.ask('mergedPaths', {
      snapshot: info.id,
      set: { kind: 'all' },
      direction: 'fromRoots',
      path: [],
      ignore: [],
      maxNodes: 100,
      minShare: 0,
    });
    expect(sentences).toEqual([
      '42 of 43 objects are held in 2 places: 22 by Object and 20 by one (internal) ARRAY of 20 elements that Audit refers to.',
      'The other one is held elsewhere, by objects that hold few of them each.',
    ]);
  });

  test('names two holders that share nothing', async () => {
    const both = 's10 or s11 or s12';
    const { drawn } = await openHeap(drawing);
    const filter = both.replace(/s\d+/g, name => drawn.address(name));
    const { sentences, independent } = await ask(filter);
    expect(sentences[0]).toBe(
      'All 3 Session are held by one (internal) HASH of 20 entries that Cache refers to.',
    );
    expect(sentences[1]).toBe(
      'There are two independent holders: (internal) HASH of 20 entries, and one (internal) ARRAY of 20 elements that Registry refers to.',
    );
    expect(independent?.object.address).toBe(drawn.address('list'));
  });

  test('names the holder of members that the only holder does not lead to', async () => {
    const held = sessions.slice(0, 20);
    const { session, info } = await openHeap(`
      vm => Cache Session Keeper
      global_tbl => keeper
      Cache CLASS 100 -> list
      Session CLASS 100
      Keeper CLASS 100
      list ARRAY 300 length=20 -> ${held.join(' ')}
      keeper OBJECT class=Keeper -> other
      ${held.map(name => `${name} OBJECT 40 class=Session`).join('\n')}
      other OBJECT class=Session
    `);
    const { sentences, elsewhere, nodes } = await session.ask('mergedPaths', {
      snapshot: info.id,
      set: { kind: 'filter', text: 'class:Session type:OBJECT' },
      maxNodes: 100,
      minShare: 0,
      direction: 'fromRoots',
      path: [],
      ignore: [],
    });
    expect(sentences).toEqual([
      '20 of 21 Session are held by one (internal) ARRAY of 20 elements that Cache refers to.',
      'The other one is held by one Keeper that the root global_tbl lists.',
    ]);
    expect(elsewhere?.objects).toBe(1);
    // Drawings put a ring around both.
    expect(nodes.filter(({ isPoint }) => isPoint).map(({ label }) => label)).toEqual([
      '(internal) ARRAY',
      'Keeper',
    ]);
  });

  test('names the next holder when one is ignored, and what only that one held', async () => {
    const { drawn } = await openHeap(drawing);
    const { sentences, released } = await ask('class:Session type:OBJECT', [
      { kind: 'object', address: drawn.address('table') },
    ]);
    expect(released).toBe(10);
    expect(sentences).toEqual([
      '20 of 30 Session are held by one (internal) ARRAY of 20 elements that Registry refers to.',
      '10 objects of the set are held by nothing but what is left out.',
    ]);
  });

  test('says what is held by accident, and what is garbage', async () => {
    const { drawn } = await openHeap(drawing);
    const { sentences, accidental, unreachable } = await ask(
      `${drawn.address('stray')} or ${drawn.address('lost')}`,
    );
    expect(accidental).toEqual([{ by: 'root', name: 'machine_context', objects: 1 }]);
    expect(unreachable).toBe(1);
    expect(sentences).toContain('No root reaches 1 of them, which is garbage.');
    expect(sentences.at(-1)).toMatch(/^Only the root machine_context holds 1 of them: maybe by accident\.$/);
  });

  test('frees by several cuts what none of them frees alone', async () => {
    const { session, info, drawn } = await openHeap(drawing);
    const cut = (names: string[]) =>
      session.ask('freedBy', {
        snapshot: info.id,
        cut: names.map(name => ({ kind: 'object', address: drawn.address(name) })),
      });
    expect((await cut(['table'])).objects).toBe(11);
    expect((await cut(['list'])).objects).toBe(11);
    expect(await cut(['table', 'list'])).toMatchObject({ objects: 32, shallowBytes: 500 + 300 + 30 * 40 });
    const all = await session.ask('freedBy', {
      snapshot: info.id,
      cut: [],
      filter: 'class:Session type:OBJECT',
    });
    expect(all.objects).toBe(30);
  });

  test('folds a list after its second element', async () => {
    const length = 5000;
    const list = Array.from(
      { length },
      (_, i) => `n${i} OBJECT 40 class=Node -> ${i + 1 < length ? `n${i + 1}` : ''}`,
    );
    const { session, info } = await openHeap(`vm => Node n0\nNode CLASS 100\n${list.join('\n')}`);
    const set = { kind: 'filter', text: 'class:Node type:OBJECT' } as const;
    const ask = {
      snapshot: info.id,
      set,
      maxNodes: 100,
      minShare: 0,
      direction: 'fromRoots',
      path: [],
      ignore: [],
    } as const;
    const { nodes } = await session.ask('mergedPaths', { ...ask, path: [], ignore: [] });
    expect(nodes.map(({ kind, holders, isRun }) => [kind, holders, isRun])).toEqual([
      ['set', 0, false],
      ['root', 1, false],
      ['object', 1, false],
      ['merged', length - 1, true],
    ]);
  });
});
