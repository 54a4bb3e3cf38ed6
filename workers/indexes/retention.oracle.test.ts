import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heapFromText } from '../testing/heap-from-text.ts';
import {
  dominatorsByIteration,
  dominatorsByRemoval,
  oracleReachable,
  subtreeSums,
} from '../testing/oracle-graph.ts';
import { readOracleDump } from '../testing/oracle-ruby-dump.ts';
import {
  columnsOfOracle,
  columnsOfSnapshot,
  differences,
  readSnapshot,
} from '../testing/snapshot-columns.ts';
import { retainedBytesOf } from './retention.ts';

const RUNS = { seed: 20_260_101, numRuns: 1500 };
const MOST_OBJECTS = 14;

interface DrawnObject {
  references: number[];
  /** Index of the class; beyond the last object = no class. */
  classOf: number;
  kind: 'object' | 'constcache' | 'callcache' | 'env';
  bytes: number;
}

interface DrawnHeap {
  objects: DrawnObject[];
  roots: number[][];
  /** Slot sizes mean Ruby 3.2 or newer, where the class field of an IMEMO is not an edge. */
  slotSizes: boolean;
}

const anyObject = fc.nat(MOST_OBJECTS - 1);
const drawnObject: fc.Arbitrary<DrawnObject> = fc.record({
  references: fc.array(anyObject, { maxLength: 4 }),
  classOf: fc.nat(2 * MOST_OBJECTS),
  kind: fc.constantFrom('object', 'object', 'object', 'constcache', 'callcache', 'env'),
  bytes: fc.nat(1000),
});
const drawnHeap: fc.Arbitrary<DrawnHeap> = fc.record({
  objects: fc.array(drawnObject, { minLength: 1, maxLength: MOST_OBJECTS }),
  roots: fc.array(fc.array(anyObject, { maxLength: 3 }), { maxLength: 3 }),
  slotSizes: fc.boolean(),
});

/** A random heap as text for `heapFromText`. References to missing objects dangle. */
function drawingOf({ objects, roots, slotSizes }: DrawnHeap): string {
  const name = (index: number) => (index < objects.length ? `o${index}` : `0xdead${index}0`);
  const lines = roots.map((listed, kind) => `root${kind} => ${listed.map(name).join(' ')}`);
  for (const [index, { references, classOf, kind, bytes }] of objects.entries()) {
    const type = kind === 'object' ? 'OBJECT' : `IMEMO imemo_type=${kind}`;
    const ofClass = classOf < objects.length ? ` class=o${classOf}` : '';
    const slot = slotSizes ? ' slot_size=40' : '';
    lines.push(`o${index} ${type} ${bytes}${slot}${ofClass} -> ${references.map(name).join(' ')}`);
  }
  return lines.join('\n');
}

describe('random heaps', () => {
  test.each([false, true])(
    'have the reachability, dominators and sizes of the oracle (references only: %s)',
    async only => {
      await fc.assert(
        fc.asyncProperty(drawnHeap, async heap => {
          const { bytes } = heapFromText(drawingOf(heap));
          const ours = columnsOfSnapshot(await readSnapshot(bytes, { referencesOnly: only }));
          const theirs = columnsOfOracle(readOracleDump(bytes, { referencesOnly: only }));
          const columns = only ? (['address', 'dominator', 'retainedBytes'] as const) : undefined;
          expect(differences(ours, theirs, columns)).toEqual([]);
        }),
        RUNS,
      );
    },
  );

  test('have dominators and retained sizes as defined', () => {
    const graph = fc.array(fc.array(anyObject, { maxLength: 4 }), { minLength: 1, maxLength: MOST_OBJECTS });
    fc.assert(
      fc.property(graph, lists => {
        const successors = lists.map(list => list.filter(target => target < lists.length));
        const byDefinition = dominatorsByRemoval(successors, 0);
        expect(dominatorsByIteration(successors, 0)).toEqual(byDefinition);
        // An object retains itself and whatever becomes unreachable when it is removed.
        const retained = subtreeSums(
          byDefinition,
          lists.map(() => 1),
        );
        const reached = oracleReachable(successors, [0]);
        for (const node of successors.keys()) {
          if (node === 0 || !reached[node]) continue;
          const without = successors.map(targets => targets.filter(target => target !== node));
          const lost = oracleReachable(without, [0]).filter((still, at) => reached[at] && !still).length;
          expect(retained[node]).toBe(lost);
        }
      }),
      RUNS,
    );
  });
});

describe('graphs on which recursive or quadratic algorithms fail', () => {
  const LONG = 250_000;
  const numbers = Array.from({ length: LONG }, (_, index) => index);
  const at = (index: number) => `0x${(0x100000 + index * 40).toString(16)}`;
  const dumpOf = (root: string, records: string[]) =>
    new TextEncoder().encode(
      [`{"type":"ROOT", "root":"vm", "references":["${root}"]}`, ...records, ''].join('\n'),
    );

  test(`in a list of ${LONG}, each object dominates the next`, async () => {
    const records = numbers.map(index => {
      const next = index + 1 < LONG ? `, "references":["${at(index + 1)}"]` : '';
      return `{"address":"${at(index)}", "type":"OBJECT"${next}, "memsize":40}`;
    });
    const { snapshot, retention } = await readSnapshot(dumpOf(at(0), records));
    expect(retainedBytesOf(snapshot, retention, 0)).toBe(LONG * 40);
    expect(retainedBytesOf(snapshot, retention, LONG - 1)).toBe(40);
  });

  test(`an object to which all ${LONG} objects of a list refer is dominated by the first of them`, async () => {
    const shared = at(LONG);
    const records = numbers.map(index => {
      const next = index + 1 < LONG ? `"${at(index + 1)}", ` : '';
      return `{"address":"${at(index)}", "type":"OBJECT", "references":[${next}"${shared}"], "memsize":40}`;
    });
    records.push(`{"address":"${shared}", "type":"HASH", "memsize":1000}`);
    const { snapshot, retention } = await readSnapshot(dumpOf(at(0), records));
    const { tree } = retention;
    expect(tree.vertex[tree.dominator[tree.position[LONG]!]!]).toBe(0);
    expect(retainedBytesOf(snapshot, retention, 0)).toBe(LONG * 40 + 1000);
    expect(retainedBytesOf(snapshot, retention, 1)).toBe((LONG - 1) * 40);
  });
});
