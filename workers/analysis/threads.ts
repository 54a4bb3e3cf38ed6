import { type Retention, retainedBytesOf } from '../indexes/retention.ts';
import { type HeapSnapshot, hasTrait, shallowBytesOf } from '../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { ThreadCount } from '../protocol/overview.ts';
import type { ThreadRow } from '../protocol/rows.ts';
import type { Count, ObjectIndex } from '../protocol/units.ts';
import { Trait } from '../protocol/vocabulary.ts';
import { objectRow } from './object-rows.ts';

/**
 * Thread objects that run, and those that do not: they have ended, or were not taken along by a fork. Null if the
 * dump does not tell. O(n).
 */
export function threadsOf(snapshot: HeapSnapshot): ThreadCount | null {
  const { pairs } = snapshot;
  const isThread = pairsWith(snapshot, Trait.thread);
  const running = isThread === null ? null : runningThreads(snapshot, isThread);
  if (isThread === null || running === null) return null;
  let all = 0;
  for (let id = 0; id < pairs.length; id++) if (isThread[id] === 1) all += pairs.objects[id]!;
  return { running: running.size, others: all - running.size };
}

/**
 * The threads that run, or null if the dump does not tell. Objects may refer to them, as a ractor does from Ruby 3.0
 * on; if there are none, a root may list them. O(n).
 */
function runningThreads(snapshot: HeapSnapshot, isThread: Uint8Array): Set<ObjectIndex> | null {
  const { pair, objects, references } = snapshot;
  const isHolder = pairsWith(snapshot, Trait.threadHolder);
  const listsThreads = new Set(
    snapshot.vocabulary.roots.filter(root => root.listsThreads).map(({ name }) => name),
  );
  const holding: ObjectIndex[] = [];
  if (isHolder !== null) {
    for (let object = 0; object < objects; object++) if (isHolder[pair[object]!] === 1) holding.push(object);
  }
  const holders =
    holding.length === 0
      ? snapshot.roots.filter(({ name }) => listsThreads.has(name)).map(root => root.objects)
      : holding.map(holder =>
          references.targets.subarray(references.first[holder]!, references.first[holder + 1]!),
        );
  const running = new Set<ObjectIndex>();
  for (const held of holders) {
    for (const object of held) if (isThread[pair[object]!] === 1) running.add(object);
  }
  return running.size === 0 ? null : running;
}

/**
 * Every thread and fiber, at most `limit`: those that keep most besides their own size first. What the dump does not
 * tell of a thread's state is null. O(n).
 */
export function* threadRows(snapshot: HeapSnapshot, retention: Retention, limit: Count): Steps<ThreadRow[]> {
  const isThread = pairsWith(snapshot, Trait.thread);
  const hasStack = pairsWith(snapshot, Trait.stack);
  const running = isThread === null ? null : runningThreads(snapshot, isThread);
  const found: ObjectIndex[] = [];
  for (let object = 0; object < snapshot.objects; object++) {
    const own = snapshot.pair[object]!;
    if (isThread?.[own] === 1 || hasStack?.[own] === 1) found.push(object);
    if (object % STRIDE === 0) yield object / snapshot.objects;
  }
  const keeps = (object: ObjectIndex) =>
    retainedBytesOf(snapshot, retention, object) - shallowBytesOf(snapshot, object);
  return found
    .sort((a, b) => keeps(b) - keeps(a) || a - b)
    .slice(0, limit)
    .map(object => {
      const isOfThread = isThread?.[snapshot.pair[object]!] === 1;
      return {
        object: objectRow(snapshot, retention, object),
        kind: isOfThread ? ('thread' as const) : ('fiber' as const),
        running: isOfThread && running !== null ? running.has(object) : null,
        keptBytes: keeps(object),
      };
    });
}

/** 1 for each pair whose descriptor has a trait; null if there are none. */
function pairsWith(snapshot: HeapSnapshot, trait: Trait): Uint8Array | null {
  const has = Uint8Array.from(snapshot.pairs.descriptor, id => (hasTrait(snapshot, id, trait) ? 1 : 0));
  return has.includes(1) ? has : null;
}
