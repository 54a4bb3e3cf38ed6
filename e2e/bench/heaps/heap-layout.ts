import { shuffled } from './random.ts';
import type { RubyFormat } from './ruby-format.ts';

/** A position in the heap: the `index`-th slot of a size class. It can be used before its address is known. */
export type Slot = number;

/** Maximum number of size classes that a slot's number can encode. */
const SIZE_CLASSES = 8;
/** Pages that the allocator gets in one contiguous piece. */
const RUN_PAGES = 64;
/** Unused address space between two runs: other mappings of the process. */
const GAP_BYTES = 256 * 1024;

export function slotOf(sizeClass: number, index: number): Slot {
  return index * SIZE_CLASSES + sizeClass;
}

export function sizeClassOfSlot(slot: Slot): number {
  return slot & (SIZE_CLASSES - 1);
}

/**
 * The address of each slot, and the order of slots in the file: page by page, ascending within each page, smallest
 * slots first. As in dumps of real processes, runs of pages are in random order, and the pages of a run in descending
 * order of addresses.
 */
export class HeapLayout {
  readonly format: RubyFormat;
  readonly #counts: readonly number[];
  readonly #slotsPerPage: readonly number[];
  /** The first page of each size class. */
  readonly #firstPage: number[] = [];
  /** Address of the first slot of each page. */
  readonly #firstSlot: Float64Array;

  /** `counts[sizeClass]` slots are in use. */
  constructor(format: RubyFormat, counts: readonly number[], seed: number) {
    this.format = format;
    this.#counts = counts;
    const { pageBytes, wordBytes, heapStart } = format;
    // The header and the alignment of the first slot take up to one slot, so the last one may stay empty.
    this.#slotsPerPage = format.slotBytes.map(bytes => Math.floor((pageBytes - wordBytes) / bytes) - 1);
    let pages = 0;
    const sizeClassOfPage: number[] = [];
    for (const [sizeClass, count] of counts.entries()) {
      this.#firstPage.push(pages);
      pages += Math.ceil(count / this.#slotsPerPage[sizeClass]!);
      while (sizeClassOfPage.length < pages) sizeClassOfPage.push(sizeClass);
    }
    const runOrder = shuffled(Math.ceil(pages / RUN_PAGES), seed);
    this.#firstSlot = Float64Array.from({ length: pages }, (_, page) => {
      const run = runOrder[Math.floor(page / RUN_PAGES)]!;
      const start = heapStart + run * (RUN_PAGES * pageBytes + GAP_BYTES);
      const base = start + (RUN_PAGES - 1 - (page % RUN_PAGES)) * pageBytes;
      const slotBytes = format.slotBytes[sizeClassOfPage[page]!]!;
      return Math.ceil((base + wordBytes) / slotBytes) * slotBytes;
    });
  }

  address(slot: Slot): number {
    const sizeClass = slot & (SIZE_CLASSES - 1);
    const index = (slot / SIZE_CLASSES) | 0;
    const perPage = this.#slotsPerPage[sizeClass]!;
    const page = (index / perPage) | 0;
    const first = this.#firstSlot[this.#firstPage[sizeClass]! + page]!;
    return first + (index - page * perPage) * this.format.slotBytes[sizeClass]!;
  }

  /** Calls back for every slot, in the order of the file. */
  forEachSlot(write: (sizeClass: number, index: number) => void): void {
    for (const [sizeClass, count] of this.#counts.entries()) {
      for (let index = 0; index < count; index++) write(sizeClass, index);
    }
  }
}
