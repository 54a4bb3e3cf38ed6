import type { DominatorTree } from '../indexes/dominator-tree.ts';
import { retainedSizes } from '../indexes/retained-sizes.ts';
import type { Retention } from '../indexes/retention.ts';
import { SpareColumns } from '../indexes/spare-columns.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { part, runToEnd, type Steps } from '../model/steps.ts';
import { type PackedHashes, packHashes, unpackHashes } from './hash-codes.ts';
import {
  type ObjectColumns,
  type PackedObjects,
  packObjects,
  sumPairs,
  unpackObjects,
} from './object-codes.ts';
import { type PackedPairs, packPairs, unpackPairs } from './pair-codes.ts';
import { type RawSnapshot, rawSnapshot, snapshotOf } from './raw-snapshot.ts';
import { type PackedReferences, packReferences, unpackReferences } from './reference-codes.ts';
import type { OpenedSide, SidePart } from './side-part.ts';
import { packTree } from './tree-codes.ts';

/** Columns that are packed, or computed from others. `blocks` locates records, which an index file does not contain. */
type Omitted =
  | 'contentHash'
  | 'contentLength'
  | 'pair'
  | 'shallow'
  | 'flags'
  | 'references'
  | 'pairs'
  | 'keys'
  | 'pages'
  | 'blocks';

/** The part that is needed first: everything except references, hashes of texts, and the {@link SidePart}. */
export interface FirstPart {
  snapshot: Omit<RawSnapshot, Omitted> & { pairs: PackedPairs; packedObjects: PackedObjects };
  retention: Omit<Retention, 'tree' | 'retained'>;
  /** Numbers of entries in the last part, and of lengths of objects. */
  counts: { lengths: number; hashes: number; references: number };
}

/** The part that is not needed until the first question. */
export interface LatePart {
  contentHash: PackedHashes;
  references: PackedReferences;
}

/** The contents of an index file in the small form. */
export interface PlainHeap {
  first: FirstPart;
  side: SidePart;
  late: LatePart;
}

/** Packs a heap. O(objects + references). */
export function plainHeap(snapshot: HeapSnapshot, retention: Retention): PlainHeap {
  const {
    pair,
    shallow,
    flags,
    contentLength,
    contentHash,
    pairs,
    references,
    keys,
    pages,
    blocks,
    ...kept
  } = rawSnapshot(snapshot);
  const { tree, retained, ...keptRetention } = retention;
  return {
    first: {
      snapshot: {
        ...kept,
        pairs: packPairs(pairs),
        packedObjects: packObjects({ pair, shallow, flags, lengths: contentLength }),
      },
      retention: keptRetention,
      counts: {
        lengths: contentLength.length,
        hashes: contentHash.length,
        references: references.targets.length,
      },
    },
    side: { tree: packTree(tree), keys, pages, objects: snapshot.objects },
    late: {
      contentHash: packHashes(contentHash),
      references: packReferences(knownObjects(snapshot, tree), references),
    },
  };
}

/** The first part, unpacked. */
export interface OpenedFirst {
  first: FirstPart;
  pairs: HeapSnapshot['pairs'];
  columns: ObjectColumns;
}

/** Unpacks the first part. O(objects). */
export function openFirst(first: FirstPart): OpenedFirst {
  const { packedObjects, largeShallow } = first.snapshot;
  const pairs = unpackPairs(first.snapshot.pairs);
  const { ofKind, ...columns } = unpackObjects(packedObjects, first.counts.lengths);
  sumPairs(pairs, packedObjects.kinds, ofKind, columns.pair, new Map(largeShallow));
  return { first, pairs, columns };
}

/**
 * The heap of an index file. The columns of references and hashes have the right lengths, but must be filled by
 * {@link fillLate} before they are read. O(objects): computes the sums over the tree.
 */
export function heapOf(
  { first, pairs, columns }: OpenedFirst,
  { tree, keys, pages }: OpenedSide,
): { snapshot: HeapSnapshot; retention: Retention } {
  const { packedObjects, ...kept } = first.snapshot;
  const { lengths, ...objects } = columns;
  const snapshot = snapshotOf(
    {
      ...kept,
      ...objects,
      keys,
      pages,
      contentHash: new Uint32Array(first.counts.hashes),
      contentLength: lengths,
      pairs,
      references: {
        first: new Uint32Array(kept.objects + 1),
        targets: new Uint32Array(first.counts.references),
      },
      // A single block: there are no records to find.
      blocks: { object: new Uint32Array(1), offset: new Float64Array(1) },
    },
    pages.index,
  );
  const retained = retainedSizes(snapshot, tree, snapshot.facts.shallowBytes, new SpareColumns());
  return { snapshot, retention: { ...first.retention, tree, retained: runToEnd(retained) } };
}

/** Fills the references and hashes of a heap. O(objects + references). */
export function* fillLate(late: LatePart, snapshot: HeapSnapshot, tree: DominatorTree): Steps<void> {
  yield* part(0, 0.3, unpackHashes(late.contentHash, snapshot.contentHash.values));
  yield* part(0.3, 1, unpackReferences(knownObjects(snapshot, tree), late.references, snapshot.references));
}

function knownObjects({ pair, flags, contentLength, pairs, descriptors }: HeapSnapshot, tree: DominatorTree) {
  const lengths = contentLength.values;
  return { pair, flags, lengths, descriptorOf: pairs.descriptor, descriptors: descriptors.length, tree };
}
