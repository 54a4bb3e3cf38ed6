import type { DominatorTree } from '../indexes/dominator-tree.ts';
import { type AddressIndex, AddressPages } from '../model/address-pages.ts';
import { type PackedPart, unpackPart } from './part.ts';
import type { RawSnapshot } from './raw-snapshot.ts';
import { type PackedTree, unpackTree } from './tree-codes.ts';

/** The part that needs nothing of the others, so that another thread can unpack it at the same time: tree and addresses. */
export interface SidePart extends Pick<RawSnapshot, 'keys' | 'pages'> {
  tree: PackedTree;
  objects: number;
}

/** The same, unpacked. Plain data. */
export interface OpenedSide extends Pick<RawSnapshot, 'keys'> {
  tree: DominatorTree;
  pages: RawSnapshot['pages'] & { index: AddressIndex };
}

/** O(objects). */
export async function unpackSide(packed: PackedPart): Promise<OpenedSide> {
  const { tree, objects, keys, pages } = (await unpackPart(packed)) as SidePart;
  const { index } = new AddressPages(pages.shift, pages.numbers, keys);
  return { tree: unpackTree(tree, objects), keys, pages: { ...pages, index } };
}

/** Its buffers, for the transfer list of `postMessage`. */
export function buffersOfSide({ tree, keys, pages }: OpenedSide): ArrayBuffer[] {
  const { bits, ranks, firstObject, objectOrder } = pages.index;
  const { position, vertex, dominator, subtreeEnd } = tree;
  const columns = [keys, pages.numbers, bits, ranks, firstObject, position, vertex, dominator, subtreeEnd];
  if (objectOrder !== null) columns.push(objectOrder);
  return columns.map(({ buffer }) => buffer as ArrayBuffer);
}
