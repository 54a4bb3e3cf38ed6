import type { Retention } from '../indexes/retention.ts';
import { AddressPages } from '../model/address-pages.ts';
import { describeDescriptors } from '../model/describe-descriptors.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { PackedColumn } from '../model/packed-column.ts';
import { StringTable } from '../model/string-table.ts';

/** A snapshot without its classes: columns and plain data. What follows from others is left out, and made again. */
type PlainSnapshot = Omit<
  HeapSnapshot,
  'strings' | 'pages' | 'largeShallow' | 'contentHash' | 'contentLength' | 'descriptors'
> & {
  strings: { bytes: Uint8Array; offsets: Uint32Array };
  pages: { shift: 2 | 3; numbers: Uint32Array };
  largeShallow: [number, number][];
  contentHash: Uint32Array;
  contentLength: Uint32Array;
  descriptors: Pick<HeapSnapshot['descriptors'], 'length' | 'type' | 'kind' | 'label'>;
};

/** Everything that an index file keeps of a heap. */
export interface PlainHeap {
  snapshot: PlainSnapshot;
  retention: Retention;
}

export function plainHeap(snapshot: HeapSnapshot, retention: Retention): PlainHeap {
  const { type, kind, label, length } = snapshot.descriptors;
  return {
    snapshot: {
      ...snapshot,
      strings: snapshot.strings.columns(),
      pages: { shift: snapshot.pages.shift, numbers: snapshot.pages.numbers },
      largeShallow: [...snapshot.largeShallow],
      contentHash: snapshot.contentHash.values,
      contentLength: snapshot.contentLength.values,
      descriptors: { length, type, kind, label },
    },
    retention,
  };
}

/** The heap of an index file. O(objects): the index of addresses is made again. */
export function heapOf({ snapshot, retention }: PlainHeap): { snapshot: HeapSnapshot; retention: Retention } {
  const { flags, keys, vocabulary, descriptors } = snapshot;
  const { bytes, offsets } = snapshot.strings;
  const strings = new StringTable({
    stringBytes: { values: bytes, length: bytes.length },
    stringOffsets: { values: offsets, length: offsets.length },
  });
  return {
    snapshot: {
      ...snapshot,
      strings,
      pages: new AddressPages(snapshot.pages.shift, snapshot.pages.numbers, keys),
      largeShallow: new Map(snapshot.largeShallow),
      contentHash: new PackedColumn(snapshot.contentHash, flags, ObjectFlag.hasValue),
      contentLength: new PackedColumn(snapshot.contentLength, flags, ObjectFlag.hasLength),
      descriptors: { ...descriptors, ...describeDescriptors(vocabulary, descriptors, strings) },
    },
    retention,
  };
}
