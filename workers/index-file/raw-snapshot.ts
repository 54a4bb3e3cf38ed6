import { type AddressIndex, AddressPages } from '../model/address-pages.ts';
import { describeDescriptors } from '../model/describe-descriptors.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { PackedColumn } from '../model/packed-column.ts';
import { StringTable } from '../model/string-table.ts';

/** A snapshot as columns and plain data: without instances of classes, and without derived data. */
export type RawSnapshot = Omit<
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

/** Converts a snapshot. O(1): copies nothing. */
export function rawSnapshot(snapshot: HeapSnapshot): RawSnapshot {
  const { type, kind, label, length } = snapshot.descriptors;
  return {
    ...snapshot,
    strings: snapshot.strings.columns(),
    pages: { shift: snapshot.pages.shift, numbers: snapshot.pages.numbers },
    largeShallow: [...snapshot.largeShallow],
    contentHash: snapshot.contentHash.values,
    contentLength: snapshot.contentLength.values,
    descriptors: { length, type, kind, label },
  };
}

/** Restores the snapshot. O(objects) to build the index of addresses, unless it is given. */
export function snapshotOf(raw: RawSnapshot, index: AddressIndex | null = null): HeapSnapshot {
  const { flags, keys, vocabulary, descriptors } = raw;
  const { bytes, offsets } = raw.strings;
  const strings = new StringTable({
    stringBytes: { values: bytes, length: bytes.length },
    stringOffsets: { values: offsets, length: offsets.length },
  });
  return {
    ...raw,
    strings,
    pages: new AddressPages(raw.pages.shift, raw.pages.numbers, keys, index),
    largeShallow: new Map(raw.largeShallow),
    contentHash: new PackedColumn(raw.contentHash, flags, ObjectFlag.hasValue),
    contentLength: new PackedColumn(raw.contentLength, flags, ObjectFlag.hasLength),
    descriptors: { ...descriptors, ...describeDescriptors(vocabulary, descriptors, strings) },
  };
}
