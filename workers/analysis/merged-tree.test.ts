import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeRetention } from '../indexes/retention.ts';
import { descriptorOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectSet } from '../model/object-set.ts';
import { runToEnd } from '../model/steps.ts';
import { heapFromText } from '../testing/heap-from-text.ts';
import { readSnapshot } from '../testing/snapshot-columns.ts';
import { mergedSums, mergedTree } from './merged-tree.ts';

const isClass = (snapshot: HeapSnapshot) => (descriptor: number) =>
  ['CLASS', 'MODULE'].includes(snapshot.strings.text(snapshot.descriptors.type[descriptor]!));

async function merged(drawing: string) {
  const snapshot = (await readSnapshot(heapFromText(drawing).bytes)).snapshot;
  const retention = runToEnd(computeRetention(snapshot, true, () => undefined));
  return { snapshot, retention, tree: runToEnd(mergedTree(snapshot, retention, isClass(snapshot))) };
}

/** The path of labels of each node, by walking up. */
function pathsOf({ snapshot, retention, tree }: Awaited<ReturnType<typeof merged>>): string[] {
  return Array.from({ length: tree.length }, (_, node) => {
    const labels: string[] = [];
    for (let at = node; at !== 0; at = tree.parent[at]!)
      labels.unshift(labelAt(snapshot, retention, tree.first[at]!));
    return labels.join(' > ');
  });
}

function labelAt(
  snapshot: HeapSnapshot,
  { tree: { vertex }, kinds }: Awaited<ReturnType<typeof merged>>['retention'],
  at: number,
): string {
  const object = vertex[at]!;
  if (object >= snapshot.objects) return `root ${kinds[object - snapshot.objects]}`;
  const descriptor = descriptorOf(snapshot, object);
  return isClass(snapshot)(descriptor)
    ? `class #${object}`
    : snapshot.strings.text(snapshot.descriptors.label[descriptor]!);
}

describe('a drawn heap', () => {
  const drawing = `
    vm => Holder User
    Holder CLASS 100 -> list
    User CLASS 100
    list ARRAY 80 -> u1 u2 u3
    u1 OBJECT 40 class=User -> s1
    u2 OBJECT 40 class=User -> s2 n1
    u3 OBJECT 40 class=User
    s1 STRING 1000
    s2 STRING 2000
    n1 DATA 10 struct=node -> n2
    n2 DATA 10 struct=node -> n3
    n3 DATA 10 struct=node -> s3
    s3 STRING 5
  `;

  test('merges siblings of one class and runs, but not classes', async () => {
    const heap = await merged(drawing);
    const rows = pathsOf(heap).map((path, node) => {
      const { objects, outermost, retainedBytes } = heap.tree;
      return [path, objects[node], outermost[node], retainedBytes[node]];
    });
    expect(rows.slice(1)).toEqual([
      ['root vm', 0, 1, 3435],
      ['root vm > class #0', 1, 1, 3335],
      ['root vm > class #0 > (internal) ARRAY', 1, 1, 3235],
      ['root vm > class #0 > (internal) ARRAY > User', 3, 3, 3155],
      ['root vm > class #0 > (internal) ARRAY > User > (internal) STRING', 2, 2, 3000],
      ['root vm > class #0 > (internal) ARRAY > User > (internal) node', 3, 1, 35],
      ['root vm > class #0 > (internal) ARRAY > User > (internal) node > (internal) STRING', 1, 1, 5],
      ['root vm > class #1', 1, 1, 100],
    ]);
  });
});

/**
 * Appends a label to a path. The path stays the same if that continues a run, or if it begins another round of
 * alternating classes after three.
 */
function foldedPath(path: string[], label: string): string[] {
  const isMerged = (name: string | undefined) => name !== undefined && !/^(?:class|root) /.test(name);
  if (!isMerged(label)) return [...path, label];
  if (path.at(-1) === label) return path;
  for (const turns of [2, 3, 4]) {
    const chain = path.slice(-3 * turns);
    const round = chain.slice(-turns);
    const isChain =
      chain.length === 3 * turns && chain.every((name, at) => isMerged(name) && name === round[at % turns]);
    if (isChain && round[0] === label) return path.slice(0, path.length - turns + 1);
  }
  return [...path, label];
}

describe('a chain of alternating classes', () => {
  test('is three rounds deep, and everything that follows is in the third', async () => {
    const links = Array.from({ length: 1000 }, (_, i) => {
      const next = i === 999 ? '' : ` n${i + 1}`;
      return `n${i} OBJECT 40 -> l${i}\nl${i} ARRAY 80 -> v${i}${next}\nv${i} STRING 10`;
    });
    const heap = await merged(`vm => n0\n${links.join('\n')}`);
    const { objects, outermost, retainedBytes, parent } = heap.tree;
    const rows = pathsOf(heap).map((path, node) => [
      path.replaceAll('(internal) ', ''),
      objects[node],
      outermost[node],
      retainedBytes[node],
    ]);
    expect(rows.slice(1, 4)).toEqual([
      ['root vm', 0, 1, 130_000],
      ['root vm > OBJECT', 1, 1, 130_000],
      ['root vm > OBJECT > ARRAY', 1, 1, 129_960],
    ]);
    const third = 'root vm > OBJECT > ARRAY > OBJECT > ARRAY > OBJECT';
    expect(rows.filter(([path]) => String(path).startsWith(third))).toEqual([
      [third, 998, 1, 129_740],
      [`${third} > ARRAY`, 998, 1, 129_700],
      [`${third} > ARRAY > STRING`, 998, 998, 9980],
    ]);
    expect(parent).toHaveLength(11);
    const sums = runToEnd(mergedSums(heap.snapshot, heap.retention, heap.tree, null));
    const at = rows.findIndex(([path]) => path === `${third} > ARRAY`);
    // Own bytes of the arrays; the objects that follow belong to the node above.
    expect(sums.bytes[at]).toBe(998 * 90);
  });

  test('has the retained sizes of its definition, on random trees', async () => {
    const anyTree = fc.array(
      fc.tuple(fc.constantFrom('A', 'B', 'C', 'CLASS'), fc.integer({ min: 1, max: 3 })),
      {
        minLength: 20,
        maxLength: 80,
      },
    );
    await fc.assert(
      fc.asyncProperty(anyTree, async drawn => {
        // Each object but the first is dominated by one shortly before it, so that paths are long.
        const below = drawn.map((_, i) =>
          drawn.flatMap(([, back], j) => (j > i && j - back === i ? [j] : [])),
        );
        const lines = drawn.map(([label], i) => {
          const type = label === 'CLASS' ? 'CLASS' : `DATA struct=${label}`;
          return `o${i} ${type} ${i + 1} -> ${below[i]!.map(j => `o${j}`).join(' ')}`;
        });
        const heap = await merged(`vm => o0\n${lines.join('\n')}`);
        const { retention, snapshot, tree } = heap;
        const { dominator, length } = retention.tree;
        const paths: string[][] = [[]];
        const retained = new Map<string, number>();
        for (let at = 1; at < length; at++) {
          paths.push(foldedPath(paths[dominator[at]!]!, labelAt(snapshot, retention, at)));
          const path = paths[at]!.join(' > ');
          let above = dominator[at]!;
          while (above !== 0 && paths[above]!.join(' > ') !== path) above = dominator[above]!;
          if (above === 0) retained.set(path, (retained.get(path) ?? 0) + retention.retained[at]!);
        }
        const named = pathsOf(heap);
        expect(new Map(named.slice(1).map((path, i) => [path, tree.retainedBytes[i + 1]]))).toEqual(retained);
      }),
      { numRuns: 60 },
    );
  });
});

describe('random heaps', () => {
  const most = 40;
  const anyHeap = fc.record({
    objects: fc.array(
      fc.record({
        label: fc.constantFrom('A', 'B', 'C'),
        bytes: fc.nat(100),
        references: fc.array(fc.nat(most - 1), { maxLength: 3 }),
        isClass: fc.boolean(),
        member: fc.boolean(),
      }),
      { minLength: 1, maxLength: most },
    ),
    roots: fc.array(fc.nat(most - 1), { minLength: 1, maxLength: 3 }),
  });

  test('are merged as if by walking up from each object', async () => {
    await fc.assert(
      fc.asyncProperty(anyHeap, async ({ objects, roots }) => {
        const inside = (targets: number[]) =>
          targets.filter(target => target < objects.length).map(target => `o${target}`);
        const lines = objects.map(({ label, bytes, references, isClass: unique }, i) => {
          const type = unique ? 'CLASS' : `DATA struct=${label}`;
          return `o${i} ${type} ${bytes} -> ${inside(references).join(' ')}`;
        });
        const heap = await merged(
          [...roots.map((root, kind) => `r${kind} => ${inside([root]).join(' ')}`), ...lines].join('\n'),
        );
        const { snapshot, retention, tree } = heap;
        const { dominator, vertex, length } = retention.tree;

        // The naive way: the path of an object is that of its dominator plus its own label, with runs and chains
        // folded.
        const slowPath = (at: number): string[] =>
          at === 0 ? [] : foldedPath(slowPath(dominator[at]!), labelAt(snapshot, retention, at));
        const members = new Set(objects.flatMap(({ member }, i) => (member ? [i] : [])));
        const slow = new Map<string, { own: number; bytes: number; members: number; retained: number }>();
        const pathAt = Array.from({ length }, (_, at) => slowPath(at).join(' > '));
        for (let at = 1; at < length; at++) {
          const path = pathAt[at]!;
          const row = slow.get(path) ?? { own: 0, bytes: 0, members: 0, retained: 0 };
          slow.set(path, row);
          let above = dominator[at]!;
          while (above !== 0 && pathAt[above] !== path) above = dominator[above]!;
          if (above === 0) row.retained += retention.retained[at]!;
          const object = vertex[at]!;
          if (object >= snapshot.objects) continue;
          row.own++;
          row.bytes += snapshot.shallow[object]!;
          if (members.has(object)) row.members++;
        }
        const below = (path: string, of: 'bytes' | 'members') =>
          [...slow].reduce(
            (sum, [other, row]) => (other === path || other.startsWith(`${path} > `) ? sum + row[of] : sum),
            0,
          );

        const paths = pathsOf(heap);
        expect(new Set(paths.slice(1))).toEqual(new Set(slow.keys()));
        expect(paths).toHaveLength(slow.size + 1);
        const bits = new Int32Array((snapshot.objects + 31) >>> 5);
        for (const object of members) bits[object >>> 5]! |= 1 << (object & 31);
        const set = runToEnd(ObjectSet.ofBits(snapshot, bits));
        const sums = runToEnd(mergedSums(snapshot, retention, tree, set));
        const all = runToEnd(mergedSums(snapshot, retention, tree, null));
        for (const [node, path] of paths.entries()) {
          if (node === 0) continue;
          expect(tree.objects[node]).toBe(slow.get(path)!.own);
          expect(tree.retainedBytes[node]).toBe(slow.get(path)!.retained);
          expect(all.bytes[node]).toBe(below(path, 'bytes'));
          expect(sums.objects[node]).toBe(below(path, 'members'));
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
