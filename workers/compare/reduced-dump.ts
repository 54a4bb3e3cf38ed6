import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { immediately, type Steps } from '../model/steps.ts';
import type { Bytes } from '../protocol/units.ts';
import { countClassEdges } from './class-edges.ts';
import type { SeriesMember } from './series.ts';

const NOTHING = new Uint32Array(0);

/**
 * A dump reduced to what comparison needs: addresses, sizes, flags, what objects share, and hashes of texts; some 20 bytes
 * an object. References, dominators and the way back to the file are left out; what the references between classes say
 * is counted before. O(n + e).
 */
export function* reducedDump(member: SeriesMember): Steps<SeriesMember> {
  const classEdges = member.classEdges ?? (yield* countClassEdges(member.snapshot));
  const snapshot: HeapSnapshot = {
    ...member.snapshot,
    references: { first: NOTHING, targets: NOTHING },
    blocks: { object: NOTHING, offset: new Float64Array(0) },
  };
  const { id, name, isSinceDump, incomplete } = member;
  return {
    id,
    name,
    isSinceDump,
    incomplete,
    snapshot,
    classEdges,
    retention: () => null,
    grouped: () => immediately(null),
  };
}

/** Bytes that a reduced dump holds. */
export function reducedBytes({ objects, contentHash, contentLength, pages, strings }: HeapSnapshot): Bytes {
  const columns = objects * (4 + 4 + 4 + 2);
  return (
    columns + contentHash.memoryBytes + contentLength.memoryBytes + pages.memoryBytes + strings.memoryBytes
  );
}
