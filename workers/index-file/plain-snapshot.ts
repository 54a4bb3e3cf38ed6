import type { DominatorTree } from '../indexes/dominator-tree.ts';
import { retainedSizes } from '../indexes/retained-sizes.ts';
import type { Retention } from '../indexes/retention.ts';
import { SpareColumns } from '../indexes/spare-columns.ts';
import { AddressPages } from '../model/address-pages.ts';
import { describeDescriptors } from '../model/describe-descriptors.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { PackedColumn } from '../model/packed-column.ts';
import { runToEnd } from '../model/steps.ts';
import { StringTable } from '../model/string-table.ts';
import { NumberReader, NumberWriter, type PackedNumbers } from './numbers.ts';
import { type PackedObjects, packObjects, unpackObjects } from './object-codes.ts';
import { type PackedPairs, packPairs, sumPairs, unpackPairs } from './pair-codes.ts';
import { type PackedReferences, packReferences, unpackReferences } from './reference-codes.ts';
import { type PackedTree, packTree, unpackTree } from './tree-codes.ts';

/** What is packed, or made again from the rest. `blocks` tells where records are, which an index file has none of. */
type LeftOut =
  | 'strings'
  | 'pages'
  | 'largeShallow'
  | 'contentHash'
  | 'contentLength'
  | 'descriptors'
  | 'pair'
  | 'shallow'
  | 'flags'
  | 'references'
  | 'pairs'
  | 'blocks';

/** A snapshot without its classes: columns and plain data. */
type PlainSnapshot = Omit<HeapSnapshot, LeftOut> & {
  strings: { bytes: Uint8Array; offsets: Uint32Array };
  pages: { shift: 2 | 3; numbers: Uint32Array };
  largeShallow: [number, number][];
  contentHash: Uint32Array;
  contentLength: PackedNumbers;
  descriptors: Pick<HeapSnapshot['descriptors'], 'length' | 'type' | 'kind' | 'label'>;
  pairs: PackedPairs;
  packedObjects: PackedObjects;
  references: PackedReferences;
};

/** Everything that an index file keeps of a heap. */
export interface PlainHeap {
  snapshot: PlainSnapshot;
  retention: Omit<Retention, 'tree' | 'retained'> & { tree: PackedTree };
}

/** O(objects + references). */
export function plainHeap(snapshot: HeapSnapshot, retention: Retention): PlainHeap {
  const { type, kind, label, length } = snapshot.descriptors;
  const { pair, shallow, flags, blocks, ...kept } = snapshot;
  const { tree, retained, ...keptRetention } = retention;
  return {
    snapshot: {
      ...kept,
      strings: snapshot.strings.columns(),
      pages: { shift: snapshot.pages.shift, numbers: snapshot.pages.numbers },
      largeShallow: [...snapshot.largeShallow],
      contentHash: snapshot.contentHash.values,
      contentLength: packNumbers(snapshot.contentLength.values),
      descriptors: { length, type, kind, label },
      pairs: packPairs(snapshot.pairs),
      packedObjects: packObjects({ pair, shallow, flags }, snapshot.pairs, length),
      references: packReferences(snapshot, snapshot.references),
    },
    retention: { ...keptRetention, tree: packTree(tree, snapshot.references) },
  };
}

/** The heap of an index file. O(objects + references): the index of addresses and sums over the tree are made again. */
export function heapOf({ snapshot: plain, retention }: PlainHeap): {
  snapshot: HeapSnapshot;
  retention: Retention;
} {
  const { packedObjects, ...snapshot } = plain;
  const { vocabulary, descriptors, keys } = snapshot;
  const { bytes, offsets } = snapshot.strings;
  const strings = new StringTable({
    stringBytes: { values: bytes, length: bytes.length },
    stringOffsets: { values: offsets, length: offsets.length },
  });
  const largeShallow = new Map(snapshot.largeShallow);
  const pairs = unpackPairs(snapshot.pairs);
  const columns = unpackObjects(packedObjects, pairs, descriptors.length);
  sumPairs(pairs, columns, largeShallow);
  const described = { ...descriptors, ...describeDescriptors(vocabulary, descriptors, strings) };
  const referring = { objects: snapshot.objects, pair: columns.pair, pairs, descriptors: described };
  const heap: HeapSnapshot = {
    ...snapshot,
    ...columns,
    strings,
    pages: new AddressPages(snapshot.pages.shift, snapshot.pages.numbers, keys),
    largeShallow,
    contentHash: new PackedColumn(snapshot.contentHash, columns.flags, ObjectFlag.hasValue),
    contentLength: new PackedColumn(
      unpackNumbers(snapshot.contentLength),
      columns.flags,
      ObjectFlag.hasLength,
    ),
    descriptors: described,
    pairs,
    references: unpackReferences(referring, snapshot.references),
    // All in one: there are no records to find.
    blocks: { object: new Uint32Array(1), offset: new Float64Array(1) },
  };
  const tree = unpackTree(retention.tree, heap.objects, heap.references);
  return { snapshot: heap, retention: { ...retention, tree, retained: retainedOf(heap, tree) } };
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
