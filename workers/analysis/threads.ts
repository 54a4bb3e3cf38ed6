import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ThreadCount } from '../protocol/rows.ts';
import type { ObjectIndex } from '../protocol/units.ts';

/** Structs of the DATA objects that a Thread and a Ractor are. */
const THREAD = 'VM/thread';
const RACTOR = 'ractor';

/**
 * Thread objects that run, and those that do not: they have ended, or were not taken along by a fork. Null where the
 * dump does not tell. From Ruby 3.0 on a ractor refers to its running threads, before that the root `vm` does. O(n).
 */
export function threadsOf(snapshot: HeapSnapshot): ThreadCount | null {
  const { pair, pairs, objects, references } = snapshot;
  const isThread = pairsOfStruct(snapshot, THREAD);
  const isRactor = pairsOfStruct(snapshot, RACTOR);
  if (isThread === null) return null;
  const ractors: ObjectIndex[] = [];
  if (isRactor !== null) {
    for (let object = 0; object < objects; object++) if (isRactor[pair[object]!] === 1) ractors.push(object);
  }
  const holders =
    ractors.length === 0
      ? snapshot.roots.filter(root => root.name === 'vm').map(root => root.objects)
      : ractors.map(ractor =>
          references.targets.subarray(references.first[ractor]!, references.first[ractor + 1]!),
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

/** 1 for each pair of DATA objects of a struct; null if there are none. */
function pairsOfStruct({ pairs, descriptors, strings }: HeapSnapshot, struct: string): Uint8Array | null {
  const isOf = Uint8Array.from(descriptors.kind, (kind, id) =>
    strings.text(kind) === struct && strings.text(descriptors.type[id]!) === 'DATA' ? 1 : 0,
  );
  return isOf.includes(1) ? Uint8Array.from(pairs.descriptor, id => isOf[id]!) : null;
}
