import type { HeapService } from '../../../workers/protocol/heap-service.ts';
import type { GroupingKey, ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import type { ObjectSortKey } from '../../../workers/protocol/questions/sort-keys.ts';
import type { SnapshotInfo } from '../../../workers/protocol/snapshot-info.ts';
import type { Latencies } from './figures.ts';

const CALLS = 30;
const WINDOW_ROWS = 100;
const SORTS: ObjectSortKey[] = ['retainedBytes', 'shallowBytes', 'address', 'label', 'generation'];
const KEYS: GroupingKey[] = ['class', 'site', 'type', 'gem', 'file', 'method', 'generation'];
/** The treemap of a typical screen: nothing below 4 px² is visible. */
const TREEMAP = { maxNodes: 6000, minShare: 4 / (1440 * 800) };
const ALL: ObjectSetSpec = { kind: 'all' };

/** Asks each question some thirty times, each time about something else, one after the other. */
export async function measureLatencies(heap: HeapService, info: SnapshotInfo): Promise<Latencies[]> {
  const snapshot = info.id;
  const scope = { snapshot, set: ALL };
  const calls = Array.from({ length: CALLS }, (_, call) => call);
  const random = randoms(20_260_801);
  const object = () => Math.floor(random() * info.objects);
  const results: Latencies[] = [];

  async function measure(question: string, asked: number[], ask: (call: number) => Promise<unknown>) {
    const ms: number[] = [];
    for (const call of asked) {
      const start = performance.now();
      await ask(call);
      ms.push(performance.now() - start);
    }
    results.push({ question, ms });
  }

  const labels = await labelsOf(heap, snapshot);
  const label = (call: number) => labels[call % labels.length]!;
  /**
   * All objects except one class: as large as the heap, and not cached. Every other set also excludes unreachable
   * objects, which have to be looked up one by one.
   */
  const most = (call: number, key: GroupingKey): ObjectSetSpec => ({
    kind: 'and',
    sets: [
      { kind: 'not', set: { kind: 'group', key: 'class', label: label(call) } },
      { kind: 'not', set: { kind: 'group', key, label: `no such label ${call}` } },
      call % 2 === 0 ? ALL : { kind: 'reachability', reachable: true },
    ],
  });

  await measure('groups: first of each key', [...KEYS.keys()], call =>
    heap.ask('groups', {
      ...scope,
      key: KEYS[call]!,
      sort: 'retainedBytes',
      descending: true,
      offset: 0,
      limit: WINDOW_ROWS,
    }),
  );
  await measure('groups: window, sorted anew', calls, call =>
    heap.ask('groups', {
      ...scope,
      key: KEYS[call % 2]!,
      sort: (['label', 'objects', 'shallowBytes', 'retainedBytes'] as const)[call % 4]!,
      descending: call % 3 === 0,
      offset: call * 3,
      limit: WINDOW_ROWS,
    }),
  );
  await measure('groups: of a new set', calls, call =>
    heap.ask('groups', {
      snapshot,
      set: most(call, 'file'),
      key: KEYS[call % KEYS.length]!,
      sort: 'retainedBytes',
      descending: true,
      offset: 0,
      limit: WINDOW_ROWS,
    }),
  );
  await measure('objects: first sort', calls, call =>
    heap.ask('objects', {
      snapshot,
      set: call < SORTS.length ? ALL : most(call, 'site'),
      sort: SORTS[call % SORTS.length]!,
      descending: call % 2 === 0,
      offset: 0,
      limit: WINDOW_ROWS,
    }),
  );
  await heap.ask('objects', { ...scope, sort: 'retainedBytes', descending: true, offset: 0, limit: 1 });
  await measure('objects: window', calls, () =>
    heap.ask('objects', {
      ...scope,
      sort: 'retainedBytes',
      descending: true,
      offset: object(),
      limit: WINDOW_ROWS,
    }),
  );
  await measure('filter by text', calls, call => {
    const text = call % 3 === 2 ? (0xa00 + call).toString(16) : label(call).slice(0, 3 + (call % 5));
    return heap.ask('setSize', {
      snapshot,
      set: { kind: 'text', text: `${text}${call < labels.length ? '' : call}` },
    });
  });
  await measure('overview of a new set', calls, call =>
    heap.ask('overview', { snapshot, set: most(call, 'gem'), top: 20 }),
  );
  await measure('group tree of a new set', calls, call =>
    heap.ask('groupTree', {
      snapshot,
      set: most(call, 'method'),
      overhead: true,
      keys: [KEYS[call % KEYS.length]!, KEYS[(call + 1 + (call % 3)) % KEYS.length]!],
      ...TREEMAP,
    }),
  );
  await measure('generations of a new set', calls, call =>
    heap.ask('generations', {
      snapshot,
      set: most(call, 'generation'),
      key: KEYS[call % KEYS.length]!,
      measure: call % 2 === 0 ? 'bytes' : 'objects',
    }),
  );
  await measure('retainer path: the first', [0], () =>
    heap.ask('retainerPath', { snapshot, object: object() }),
  );
  await measure('retainer path', calls, () => heap.ask('retainerPath', { snapshot, object: object() }));
  const paths = { direction: 'fromRoots', path: [], ignore: [], maxNodes: 3000, minShare: 0 } as const;
  await measure('merged paths of a new set', calls.slice(0, 10), call =>
    heap.ask('mergedPaths', { snapshot, set: most(call, 'class'), ...paths, path: [], ignore: [] }),
  );
  await measure('next paths: one more', calls, call =>
    heap.ask('paths', { snapshot, object: Math.floor(info.objects / 2), count: call + 1, ignore: [] }),
  );
  await measure('freed by a cut', calls.slice(0, 10), call =>
    heap.ask('freedBy', { snapshot, cut: [{ kind: 'class', label: label(call) }] }),
  );
  await measure('dominator tree: the first', [0], () =>
    heap.ask('dominatorTree', { ...scope, root: { kind: 'all' }, ...TREEMAP }),
  );
  const tree = await heap.ask('dominatorTree', { ...scope, root: { kind: 'all' }, ...TREEMAP });
  const inner = tree.flatMap(({ object: at, more }) => (at !== null && more ? [at] : []));
  await measure('dominator tree', calls, call => {
    const below = inner[call - 1];
    const root = below === undefined ? { kind: 'all' as const } : { kind: 'object' as const, object: below };
    return heap.ask('dominatorTree', { ...scope, root, ...TREEMAP });
  });
  await measure('dominator tree of a new set', calls, call =>
    heap.ask('dominatorTree', { snapshot, set: most(call, 'type'), root: { kind: 'all' }, ...TREEMAP }),
  );
  return results;
}

/** Labels of classes of all sizes. */
async function labelsOf(heap: HeapService, snapshot: number): Promise<string[]> {
  const { rows } = await heap.ask('groups', {
    snapshot,
    set: ALL,
    key: 'class',
    sort: 'objects',
    descending: true,
    offset: 0,
    limit: 1000,
  });
  const labels = rows.flatMap(({ label }) => (label === null ? [] : [label]));
  return labels.slice(1); // Without the largest class: excluding any other keeps most of the objects.
}

/** Reproducible random numbers in [0, 1) (G. Marsaglia, Xorshift RNGs, 2003). */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}
