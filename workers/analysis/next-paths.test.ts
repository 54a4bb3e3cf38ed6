import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildReferrers } from '../indexes/referrers.ts';
import { standardEdges } from '../indexes/retention-edges.ts';
import { shortestPaths } from '../indexes/shortest-paths.ts';
import { runToEnd } from '../model/steps.ts';
import type { Exclusion } from '../protocol/exclusions.ts';
import { heapFromText } from '../testing/heap-from-text.ts';
import { type OracleEdge, oracleEdges } from '../testing/oracle-paths.ts';
import { type ReadSnapshot, readSnapshot } from '../testing/snapshot-columns.ts';
import { compileExclusions } from './exclusions.ts';
import { NextPaths } from './next-paths.ts';

function pathsTo(
  { snapshot, retention }: ReadSnapshot,
  target: number,
  ignore: readonly Exclusion[],
): NextPaths {
  const edges = standardEdges(snapshot);
  const before = runToEnd(shortestPaths(snapshot, edges, retention));
  const referrers = runToEnd(buildReferrers(snapshot.references));
  const leftOut = compileExclusions(snapshot, retention, ignore);
  return new NextPaths({ snapshot, retention, edges, referrers, before, leftOut }, target);
}

/** All paths without repeated objects, found by trying all of them. */
function oraclePaths(objects: number, edges: readonly OracleEdge[], target: number): number[][] {
  const referrers = new Map<number, Set<number>>();
  for (const { from, to } of edges) referrers.set(to, (referrers.get(to) ?? new Set()).add(from));
  const paths: number[][] = [];
  const walk = (path: number[]) => {
    for (const from of referrers.get(path.at(-1)!) ?? []) {
      if (from >= objects) paths.push([...path, from]);
      else if (!path.includes(from)) walk([...path, from]);
    }
  };
  walk([target]);
  return paths;
}

/** Small graphs with many paths to an object: dense, with cycles, excluded references and classes. */
const graphs = fc.record({
  edges: fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 18 }),
  vm: fc.array(fc.nat(6), { minLength: 1, maxLength: 2 }),
  stack: fc.array(fc.nat(6), { maxLength: 2 }),
  classes: fc.array(fc.option(fc.nat(6)), { minLength: 7, maxLength: 7 }),
  target: fc.nat(6),
  ignored: fc.array(
    fc.oneof(
      fc.nat(6).map(at => ({ kind: 'object', address: `0x${(0x10000 + at * 40).toString(16)}` }) as const),
      fc.tuple(fc.nat(6), fc.nat(6)).map(([from, to]) => {
        const end = (at: number) =>
          ({ kind: 'object', address: `0x${(0x10000 + at * 40).toString(16)}` }) as const;
        return { kind: 'reference', from: end(from), to: end(to) } as const;
      }),
      fc.constantFrom({ kind: 'edges', edges: 'class' } as const, { kind: 'root', root: 'vm' } as const),
    ),
    { maxLength: 2 },
  ),
});

describe('on random graphs', () => {
  test('returns all paths, each once, the shortest first', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async ({ edges, vm, stack, classes, target, ignored }) => {
        const lines = classes.map((classOf, at) => {
          const targets = edges.filter(([from]) => from === at).map(([, to]) => `o${to}`);
          return `o${at} OBJECT 40 ${classOf === null ? '' : `class=o${classOf}`} -> ${targets.join(' ')}`;
        });
        const drawing = [
          `vm => ${vm.map(at => `o${at}`).join(' ')}`,
          `machine_context => ${stack.map(at => `o${at}`).join(' ')}`,
          ...lines,
        ];
        const read = await readSnapshot(heapFromText(drawing.join('\n')).bytes);
        const { snapshot, retention } = read;
        const next = pathsTo(read, target, ignored);
        const found: (readonly number[])[] = [];
        for (let path = runToEnd(next.next()); path !== null; path = runToEnd(next.next())) found.push(path);
        const all = oraclePaths(snapshot.objects, oracleEdges(snapshot, retention, ignored), target);
        expect(found.map(path => path.length)).toEqual(all.map(path => path.length).sort((a, b) => a - b));
        expect(new Set(found.map(path => path.join()))).toEqual(new Set(all.map(path => path.join())));
      }),
      { numRuns: 100 },
    );
  });
});

test('a list of 20,000 has one path, and one more for each detour', async () => {
  const length = 20_000;
  const list = Array.from({ length }, (_, i) => `n${i} OBJECT 40 -> ${i + 1 < length ? `n${i + 1}` : ''}`);
  const drawing = `vm => n0\nglobal_tbl => n2000\n${list.join('\n')}`;
  const read = await readSnapshot(heapFromText(drawing).bytes);
  const next = pathsTo(read, length - 1, []);
  const lengths = [];
  for (let path = runToEnd(next.next()); path !== null; path = runToEnd(next.next()))
    lengths.push(path.length);
  expect(lengths).toEqual([18_001, 20_001]);
});
