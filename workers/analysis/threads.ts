import { type Retention, retainedBytesOf } from '../indexes/retention.ts';
import { addressOf, type HeapSnapshot, hasTrait, shallowBytesOf, targetsOf } from '../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { ThreadCount } from '../protocol/overview.ts';
import type { ThreadRow } from '../protocol/rows.ts';
import type { Count, ObjectIndex } from '../protocol/units.ts';
import { Trait } from '../protocol/vocabulary.ts';
import { objectRow } from './object-rows.ts';

/**
 * Thread objects that are running, and those that are not: they have ended, or were not copied by a fork. Null if
 * unknown. O(n).
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
 * The running threads, or null if unknown. Objects may refer to them, as a ractor does from Ruby 3.0
 * on; if there are none, a root may list them. O(n).
 */
function runningThreads(snapshot: HeapSnapshot, isThread: Uint8Array): Set<ObjectIndex> | null {
  const { pair, references } = snapshot;
  const listsThreads = new Set(
    snapshot.vocabulary.roots.filter(root => root.listsThreads).map(({ name }) => name),
  );
  const ractors = objectsWith(snapshot, Trait.threadHolder);
  const holders =
    ractors.length === 0
      ? snapshot.roots.filter(({ name }) => listsThreads.has(name)).map(root => root.objects)
      : ractors.map(ractor => targetsOf(references, ractor));
  const running = new Set<ObjectIndex>();
  for (const held of holders) {
    for (const object of held) if (isThread[pair[object]!] === 1) running.add(object);
  }
  return running.size === 0 ? null : running;
}

/**
 * Every thread and fiber, and every ractor if there are several, at most `limit`: those that retain most besides
 * their own size first. Unknown states are null. O(n).
 */
export function* threadRows(snapshot: HeapSnapshot, retention: Retention, limit: Count): Steps<ThreadRow[]> {
  const isThread = pairsWith(snapshot, Trait.thread);
  const hasStack = pairsWith(snapshot, Trait.stack);
  const running = isThread === null ? null : runningThreads(snapshot, isThread);
  const ractors = isThread === null ? null : ractorsOf(snapshot, isThread);
  const found: ObjectIndex[] = [];
  for (let object = 0; object < snapshot.objects; object++) {
    const own = snapshot.pair[object]!;
    if (isThread?.[own] === 1 || hasStack?.[own] === 1 || ractors?.all.has(object)) found.push(object);
    if (object % STRIDE === 0) yield object / snapshot.objects;
  }
  const keeps = (object: ObjectIndex) =>
    retainedBytesOf(snapshot, retention, object) - shallowBytesOf(snapshot, object);
  return found
    .sort((a, b) => keeps(b) - keeps(a) || a - b)
    .slice(0, limit)
    .map(object => {
      const kind = kindOf(object);
      const ractor = ractors?.of(object) ?? null;
      return {
        object: objectRow(snapshot, retention, object),
        kind,
        running: kind === 'fiber' || running === null ? null : isRunning(object, kind),
        ractor: ractor === null ? null : { object: ractor, address: addressOf(snapshot, ractor) },
        keptBytes: keeps(object),
      };
    });

  function kindOf(object: ObjectIndex): ThreadRow['kind'] {
    if (ractors?.all.has(object)) return 'ractor';
    return isThread?.[snapshot.pair[object]!] === 1 ? 'thread' : 'fiber';
  }

  function isRunning(object: ObjectIndex, kind: 'thread' | 'ractor'): boolean {
    if (kind === 'thread') return running!.has(object);
    return targetsOf(snapshot.references, object).some(target => running!.has(target));
  }
}

/** The ractors of a dump that has several, and the one that a thread or fiber belongs to. */
interface Ractors {
  all: ReadonlySet<ObjectIndex>;
  of(object: ObjectIndex): ObjectIndex | null;
}

/**
 * A ractor refers to its running threads, and every thread to its ractor, even after it has ended. A fiber
 * refers to its thread. Null if there are fewer than two. O(n).
 */
function ractorsOf(snapshot: HeapSnapshot, isThread: Uint8Array): Ractors | null {
  const { pair, references } = snapshot;
  const all = new Set(objectsWith(snapshot, Trait.threadHolder));
  if (all.size < 2) return null;
  const runsIn = new Map<ObjectIndex, ObjectIndex>();
  for (const ractor of all) {
    for (const target of targetsOf(references, ractor)) {
      if (isThread[pair[target]!] === 1) runsIn.set(target, ractor);
    }
  }
  const ofThread = (thread: ObjectIndex) =>
    runsIn.get(thread) ?? onlyItem(targetsOf(references, thread).filter(target => all.has(target)));
  const of = (object: ObjectIndex) => {
    if (all.has(object)) return null;
    if (isThread[pair[object]!] === 1) return ofThread(object);
    const threads = targetsOf(references, object).filter(target => isThread[pair[target]!] === 1);
    const thread = onlyItem(threads);
    return thread === null ? null : ofThread(thread);
  };
  return { all, of };
}

/** The value that all have; null if they differ, or if there are none. */
function onlyItem(values: Uint32Array): ObjectIndex | null {
  return values.length > 0 && values.every(value => value === values[0]) ? values[0]! : null;
}

function objectsWith(snapshot: HeapSnapshot, trait: Trait): ObjectIndex[] {
  const has = pairsWith(snapshot, trait);
  const found: ObjectIndex[] = [];
  if (has === null) return found;
  for (let object = 0; object < snapshot.objects; object++) {
    if (has[snapshot.pair[object]!] === 1) found.push(object);
  }
  return found;
}

/** 1 for each pair whose descriptor has a trait; null if there are none. */
function pairsWith(snapshot: HeapSnapshot, trait: Trait): Uint8Array | null {
  const has = Uint8Array.from(snapshot.pairs.descriptor, id => (hasTrait(snapshot, id, trait) ? 1 : 0));
  return has.includes(1) ? has : null;
}
