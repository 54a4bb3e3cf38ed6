/** The differences between the dumps of Ruby versions, as far as the generator needs them. */
export interface RubyFormat {
  version: '3.1' | '3.4';
  wordBytes: 4 | 8;
  /** Slot sizes, smallest first: the size classes. Larger objects use memory outside their slot. */
  slotBytes: readonly number[];
  /** Heap pages: aligned to their own size, with one slot size per page. */
  pageBytes: number;
  heapStart: number;
  /** Shapes are C structs outside the heap; 0 = this Ruby has none. */
  shapeStart: number;
  /** The parent id of a shape without a parent: all bits of a shape id. */
  noParentShape: number;
}

/** Slots of 40 bytes in pages of 16 KiB; no shapes. */
export const RUBY_31: RubyFormat = {
  version: '3.1',
  wordBytes: 8,
  slotBytes: [40],
  pageBytes: 16 * 1024,
  heapStart: 0x7fa6_0000_0000,
  shapeStart: 0,
  noParentShape: 0,
};

/** Five slot sizes in pages of 64 KiB, with shapes. */
export const RUBY_34: RubyFormat = {
  version: '3.4',
  wordBytes: 8,
  slotBytes: [40, 80, 160, 320, 640],
  pageBytes: 64 * 1024,
  heapStart: 0x7f3c_0000_0000,
  shapeStart: 0x7f3b_f000_0048,
  noParentShape: 0xffff_ffff,
};

/** The same compiled to WebAssembly: all sizes are halved, and addresses are below 2^32. */
export const RUBY_34_WASM: RubyFormat = {
  version: '3.4',
  wordBytes: 4,
  slotBytes: [20, 40, 80, 160, 320],
  pageBytes: 64 * 1024,
  heapStart: 0x0234_0000,
  shapeStart: 0x0233_0048,
  noParentShape: 0xffff,
};

/** The size class whose slots hold this many words; the largest if none does. */
export function sizeClassOf(format: RubyFormat, words: number): number {
  const found = format.slotBytes.findIndex(bytes => bytes >= words * format.wordBytes);
  return found < 0 ? format.slotBytes.length - 1 : found;
}
