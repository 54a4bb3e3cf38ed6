import type { DominatorTree } from '../indexes/dominator-tree.ts';
import { retainedSizes } from '../indexes/retained-sizes.ts';
import type { Retention } from '../indexes/retention.ts';
import { SpareColumns } from '../indexes/spare-columns.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { runToEnd } from '../model/steps.ts';
import { type PackedHashes, packHashes, unpackHashes } from './hash-codes.ts';
import { type PackedObjects, packObjects, unpackObjects } from './object-codes.ts';
import { type PackedPairs, packPairs, sumPairs, unpackPairs } from './pair-codes.ts';
import { type RawSnapshot, rawSnapshot, snapshotOf } from './raw-snapshot.ts';
import { type PackedReferences, packReferences, unpackReferences } from './reference-codes.ts';
import { type PackedTree, packTree, unpackTree } from './tree-codes.ts';

/** What is packed, or rebuilt from the rest. `blocks` tells where records are, which an index file has none of. */
type SearchExclusions =
  | 'contentHash'
  | 'contentLength'
  | 'pair'
  | 'shallow'
  | 'flags'
  | 'references'
  | 'pairs'
  | 'blocks';

type PlainSnapshot = Omit<RawSnapshot, SearchExclusions> & {
  /** How many objects have a length. */
  lengthCount: number;
  contentHash: PackedHashes;
  pairs: PackedPairs;
  packedObjects: PackedObjects;
  references: PackedReferences;
};

/** Everything that an index file of the small form keeps. */
export interface PlainHeap {
  snapshot: PlainSnapshot;
  retention: Omit<Retention, 'tree' | 'retained'> & { tree: PackedTree };
}

/** O(objects + references). */
export function plainHeap(snapshot: HeapSnapshot, retention: Retention): PlainHeap {
  const { pair, shallow, flags, contentLength, contentHash, blocks, pairs, references, ...kept } =
    rawSnapshot(snapshot);
  const { tree, retained, ...keptRetention } = retention;
  const columns = { pair, shallow, flags, lengths: contentLength };
  const objects = { ...columns, descriptorOf: pairs.descriptor, descriptors: kept.descriptors.length };
  return {
    snapshot: {
      ...kept,
      lengthCount: contentLength.length,
      contentHash: packHashes(contentHash, columns),
      pairs: packPairs(pairs),
      packedObjects: packObjects(columns, pairs),
      references: packReferences(objects, references),
    },
    retention: { ...keptRetention, tree: packTree(tree, references) },
  };
}

/** The heap of an index file. O(objects + references): the index of addresses and sums over the tree are rebuilt. */
export function heapOf({ snapshot: plain, retention }: PlainHeap): {
  snapshot: HeapSnapshot;
  retention: Retention;
} {
  const { packedObjects, lengthCount, ...kept } = plain;
  const pairs = unpackPairs(kept.pairs);
  const { lengths, ...columns } = unpackObjects(packedObjects, pairs, lengthCount);
  sumPairs(pairs, columns, new Map(kept.largeShallow));
  const objects = {
    ...columns,
    lengths,
    descriptorOf: pairs.descriptor,
    descriptors: kept.descriptors.length,
  };
  const snapshot = snapshotOf({
    ...kept,
    ...columns,
    contentHash: unpackHashes(kept.contentHash, objects),
    contentLength: lengths,
    pairs,
    references: unpackReferences(objects, kept.references),
    // All in one: there are no records to find.
    blocks: { object: new Uint32Array(1), offset: new Float64Array(1) },
  });
  const tree = unpackTree(retention.tree, snapshot.objects, snapshot.references);
  return { snapshot, retention: { ...retention, tree, retained: retainedOf(snapshot, tree) } };
}

function retainedOf(heap: HeapSnapshot, tree: DominatorTree): Retention['retained'] {
  return runToEnd(retainedSizes(heap, tree, heap.facts.shallowBytes, new SpareColumns()));
}
