import type { DominatorTree } from '../indexes/dominator-tree.ts';
import { type AddressIndex, AddressPages } from '../model/address-pages.ts';
import { type PackedPart, unpackPart } from './part.ts';
import type { RawSnapshot } from './raw-snapshot.ts';
import { type PackedTree, unpackTree } from './tree-codes.ts';

/** The tree and the addresses. They do not depend on other parts, so another thread can unpack them at the same time. */
export interface SidePart extends Pick<RawSnapshot, 'keys' | 'pages'> {
  tree: PackedTree;
  objects: number;
}

/** An unpacked {@link SidePart}. Plain data. */
export interface OpenedSide extends Pick<RawSnapshot, 'keys'> {
  tree: DominatorTree;
  pages: RawSnapshot['pages'] & { index: AddressIndex };
}

/** Unpacks the part in this thread. O(objects). */
export async function unpackSide(packed: PackedPart): Promise<OpenedSide> {
  const { tree, objects, keys, pages } = (await unpackPart(packed)) as SidePart;
  const { index } = new AddressPages(pages.shift, pages.numbers, keys);
  return { tree: unpackTree(tree, objects), keys, pages: { ...pages, index } };
}

/** The buffers of an unpacked part, for the transfer list of `postMessage`. */
export function buffersOfSide({ tree, keys, pages }: OpenedSide): ArrayBuffer[] {
  const { bits, ranks, firstObject, objectOrder } = pages.index;
  const { position, vertex, dominator, subtreeEnd } = tree;
  const columns = [keys, pages.numbers, bits, ranks, firstObject, position, vertex, dominator, subtreeEnd];
  if (objectOrder !== null) columns.push(objectOrder);
  return columns.map(({ buffer }) => buffer as ArrayBuffer);
}
