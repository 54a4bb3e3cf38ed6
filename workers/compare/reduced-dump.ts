import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { heldBytes } from '../model/held-bytes.ts';
import { immediately, type Steps } from '../model/steps.ts';
import type { Bytes } from '../protocol/units.ts';
import { countClassEdges } from './class-edges.ts';
import type { SeriesMember } from './series.ts';

const NOTHING = new Uint32Array(0);

/**
 * A dump reduced to what comparison needs: addresses, sizes, flags, pairs, and hashes of texts; about 20 bytes an
 * object. References, dominators and file positions are left out; references between classes are counted first. O(n +
 * e).
 */
export function* reducedDump(member: SeriesMember): Steps<SeriesMember> {
  const classEdges = member.classEdges ?? (yield* countClassEdges(member.snapshot));
  const snapshot = reduced(member.snapshot);
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

function reduced(snapshot: HeapSnapshot): HeapSnapshot {
  return {
    ...snapshot,
    references: { first: NOTHING, targets: NOTHING },
    edges: { ...snapshot.edges, ofReference: NOTHING },
    blocks: { object: NOTHING, offset: new Float64Array(0) },
  };
}

/** Bytes that a dump would hold if it were reduced. */
export function reducedBytes(snapshot: HeapSnapshot): Bytes {
  return heldBytes(reduced(snapshot));
}
