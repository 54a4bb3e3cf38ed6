import type { DominatorTree } from '../indexes/dominator-tree.ts';
import { retainedSizes } from '../indexes/retained-sizes.ts';
import type { Retention } from '../indexes/retention.ts';
import { SpareColumns } from '../indexes/spare-columns.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { runToEnd } from '../model/steps.ts';
import { NumberReader, NumberWriter, type PackedNumbers } from './numbers.ts';
import { type PackedObjects, packObjects, unpackObjects } from './object-codes.ts';
import { type PackedPairs, packPairs, sumPairs, unpackPairs } from './pair-codes.ts';
import { type RawSnapshot, rawSnapshot, snapshotOf } from './raw-snapshot.ts';
import { type PackedReferences, packReferences, unpackReferences } from './reference-codes.ts';
import { type PackedTree, packTree, unpackTree } from './tree-codes.ts';

/** What is packed, or made again from the rest. `blocks` tells where records are, which an index file has none of. */
type LeftOut = 'contentLength' | 'pair' | 'shallow' | 'flags' | 'references' | 'pairs' | 'blocks';

type PlainSnapshot = Omit<RawSnapshot, LeftOut> & {
  contentLength: PackedNumbers;
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
  const { pair, shallow, flags, blocks, pairs, references, ...kept } = rawSnapshot(snapshot);
  const { tree, retained, ...keptRetention } = retention;
  return {
    snapshot: {
      ...kept,
      contentLength: packNumbers(kept.contentLength),
      pairs: packPairs(pairs),
      packedObjects: packObjects({ pair, shallow, flags }, pairs, kept.descriptors.length),
      references: packReferences(snapshot, references),
    },
    retention: { ...keptRetention, tree: packTree(tree, references) },
  };
}

/** The heap of an index file. O(objects + references): the index of addresses and sums over the tree are made again. */
export function heapOf({ snapshot: plain, retention }: PlainHeap): {
  snapshot: HeapSnapshot;
  retention: Retention;
} {
  const { packedObjects, ...kept } = plain;
  const pairs = unpackPairs(kept.pairs);
  const columns = unpackObjects(packedObjects, pairs, kept.descriptors.length);
  sumPairs(pairs, columns, new Map(kept.largeShallow));
  const snapshot = snapshotOf({
    ...kept,
    ...columns,
    contentLength: unpackNumbers(kept.contentLength),
    pairs,
    references: unpackReferences({ ...kept, ...columns, pairs }, kept.references),
    // All in one: there are no records to find.
    blocks: { object: new Uint32Array(1), offset: new Float64Array(1) },
  });
  const tree = unpackTree(retention.tree, snapshot.objects, snapshot.references);
  return { snapshot, retention: { ...retention, tree, retained: retainedOf(snapshot, tree) } };
}

function retainedOf(heap: HeapSnapshot, tree: DominatorTree): Retention['retained'] {
  return runToEnd(retainedSizes(heap, tree, heap.facts.shallowBytes, new SpareColumns()));
}

function packNumbers(numbers: Uint32Array): PackedNumbers {
  const writer = new NumberWriter(numbers.length);
  for (const number of numbers) writer.put(number);
  return writer.packed();
}

function unpackNumbers(packed: PackedNumbers): Uint32Array {
  const reader = new NumberReader(packed);
  const numbers = new Uint32Array(reader.length);
  for (let at = 0; at < numbers.length; at++) numbers[at] = reader.next();
  return numbers;
}
