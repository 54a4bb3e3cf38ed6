import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { Steps } from '../model/steps.ts';
import type { Bytes, ObjectIndex } from '../protocol/units.ts';
import { type DominatorTree, dominatorTree } from './dominator-tree.ts';
import { numberReachable } from './reachability.ts';
import { retainedSizes } from './retained-sizes.ts';
import { referencesOnlyEdges, standardEdges } from './retention-edges.ts';
import { chooseStrategy } from './scattered/choose-strategy.ts';
import { immediateDominators } from './semi-nca.ts';
import { SpareColumns } from './spare-columns.ts';

/** The dominator tree and retained sizes of one heap, for one choice of edges. */
export interface Retention {
  referencesOnly: boolean;
  tree: DominatorTree;
  /** By position in the tree. */
  retained: Uint32Array | Float64Array;
  /** Names of the kinds of root; kind k is vertex `objects + k` of the tree. */
  kinds: string[];
  /** Position of each kind of root. */
  kindPositions: number[];
  /** The objects that each kind of root refers to; distinct. */
  kindObjects: Uint32Array[];
}

/** The stages of {@link computeRetention}, for progress. */
export type RetentionStage = 'dominators' | 'retained';

/**
 * Computes reachability, dominators and retained sizes. Near linear in n + e; nothing recurses. `spare`: columns that
 * were allocated ahead; they are used up.
 */
export function* computeRetention(
  snapshot: HeapSnapshot,
  referencesOnly: boolean,
  onStage: (stage: RetentionStage) => void,
  spare = new SpareColumns(),
): Steps<Retention> {
  onStage('dominators');
  const edges = referencesOnly ? referencesOnlyEdges(snapshot) : standardEdges(snapshot);
  yield 0;
  const numbering = yield* numberReachable(
    edges,
    snapshot.roots,
    placesByAddress(snapshot),
    yield* chooseStrategy(edges.forward),
    spare,
  );
  const dominators = yield* immediateDominators(numbering, spare);
  onStage('retained');
  const tree = yield* dominatorTree(numbering, dominators, spare);
  const retained = yield* retainedSizes(snapshot, tree, snapshot.facts.shallowBytes, spare);
  const kinds = numbering.kinds.map(kind => kind.name);
  const kindPositions = kinds.map(() => 0);
  // Kinds are children of the super-root, so stepping from child to child finds them.
  for (let at = 1; at < tree.length; at = tree.subtreeEnd[at]!) {
    const vertex = tree.vertex[at]!;
    if (vertex >= snapshot.objects) kindPositions[vertex - snapshot.objects] = at;
  }
  const kindObjects = numbering.kinds.map(kind => kind.objects);
  return { referencesOnly, tree, retained, kinds, kindPositions, kindObjects };
}

/** Retained bytes of an object; its shallow bytes if it is unreachable. */
export function retainedBytesOf(snapshot: HeapSnapshot, retention: Retention, object: ObjectIndex): Bytes {
  const position = retention.tree.position[object]!;
  return position === 0 ? shallowBytesOf(snapshot, object) : retention.retained[position]!;
}

/** The order of the objects by address. The ranks of the pages are computed on first use. */
function placesByAddress({ pages, keys }: HeapSnapshot): (object: number) => number {
  let ranks: Uint32Array | null = null;
  return object => {
    ranks ??= pages.ranksByAddress();
    return pages.placeByAddress(keys[object]!, ranks);
  };
}
