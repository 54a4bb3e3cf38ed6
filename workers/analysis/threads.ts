import { type HeapSnapshot, hasTrait } from '../model/heap-snapshot.ts';
import type { ThreadCount } from '../protocol/rows.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { Trait } from '../protocol/vocabulary.ts';

/**
 * Thread objects that run, and those that do not: they have ended, or were not taken along by a fork. Null where the
 * dump does not tell. Objects may refer to the threads that run, as a ractor does from Ruby 3.0 on; where there are
 * none, a root may list them. O(n).
 */
export function threadsOf(snapshot: HeapSnapshot): ThreadCount | null {
  const { pair, pairs, objects, references } = snapshot;
  const isThread = pairsWith(snapshot, Trait.thread);
  const isHolder = pairsWith(snapshot, Trait.threadHolder);
  if (isThread === null) return null;
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
  if (running.size === 0) return null;
  let all = 0;
  for (let id = 0; id < pairs.length; id++) if (isThread[id] === 1) all += pairs.objects[id]!;
  return { running: running.size, others: all - running.size };
}

/** 1 for each pair whose descriptor has a trait; null if there are none. */
function pairsWith(snapshot: HeapSnapshot, trait: Trait): Uint8Array | null {
  const has = Uint8Array.from(snapshot.pairs.descriptor, id => (hasTrait(snapshot, id, trait) ? 1 : 0));
  return has.includes(1) ? has : null;
}
