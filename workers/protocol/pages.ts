import type { PairKey } from './object-set.ts';
import type { AddressText, Bytes, Count } from './units.ts';
import type { Family } from './vocabulary.ts';

/** Pages of one slot size, or all pages, and what is in their slots (numbers.md#heap-page). */
export interface PageTally {
  pages: Count;
  /** Pages without an object. */
  emptyPages: Count;
  /** Slots on empty pages. */
  emptySlots: Count;
  slots: Count;
  /** Slots with an object. */
  live: Count;
  /** Among the live slots: those whose object is old, and those whose object is pinned. */
  old: Count;
  pinned: Count;
  /** Empty slots: those that the dump lists, or if it lists none, those without an object. */
  free: Count;
  /** Slots that a dump with a list of empty slots does not mention. */
  unlisted: Count;
}

/** Pages of one slot size. */
export interface SlotSizeRow extends PageTally {
  slotBytes: Bytes;
  /**
   * Pages that could be emptied by moving objects together while pinned ones stay where they are; includes empty pages.
   */
  movablePages: Count;
  /** Further pages that could be emptied if nothing were pinned. */
  pinnedPages: Count;
}

/** A class whose pinned objects keep pages from being emptied. */
export interface PinRow {
  label: string;
  objects: Count;
  /** Pages with such an object among those that could be empty if nothing were pinned. */
  pages: Count;
}

/** The heap's pages and slots as a whole. */
export interface HeapPages {
  pageBytes: Bytes;
  /**
   * Whether the dump lists empty slots (`full: true`), so that counts are exact. Otherwise pages without an object are
   * missing.
   */
  exact: boolean;
  /**
   * How pinned objects are identified: `flagged`: by the flag in the dump, which compaction sets; `assumed`: no
   * object is flagged, so those that a conservative root lists; `none`: there are neither.
   */
  pins: 'flagged' | 'assumed' | 'none';
  all: PageTally;
  /** By slot size, ascending. */
  sizes: SlotSizeRow[];
  /** At most 20, those on most pages first. */
  holders: PinRow[];
  /** Objects whose address is not that of a slot in their page; no page includes them. */
  misplaced: Count;
  /** What makes up the size of the heap, in plain sentences. */
  sentence: string;
}

/** What the colours of the page map show: a state of the slot, membership in the current set, or a group. */
export type PageColour = 'state' | 'set' | PairKey;

/** The order of pages within one slot size. */
export type PageOrder = 'address' | 'fullness';

/** A page of the map. */
export interface MappedPage {
  address: AddressText;
  slotBytes: Bytes;
  /** Where its first slot is, in bytes. */
  firstOffset: Bytes;
  slots: Count;
  live: Count;
  pinned: Count;
  free: Count;
}

/** The meaning of a code of the page map. */
export interface PageColourEntry {
  label: string;
  /** Null if there is none, or the objects have several. */
  family: Family | null;
  /** 0 = newest … 1 = oldest, if colours show generations; otherwise null. */
  age: number | null;
  /** The state, if colours show states. */
  state: SlotState | null;
}

export type SlotState = 'free' | 'unlisted' | 'young' | 'old' | 'pinned';

/** Pages of the map, slot by slot. */
export interface PageMap {
  /** All pages of the requested slot sizes. */
  total: Count;
  offset: Count;
  pages: MappedPage[];
  /** For each slot of these pages, one page after the other: a position in `entries`. */
  codes: Uint8Array;
  /** The object in each slot; -1 = none. */
  objects: Int32Array;
  entries: PageColourEntry[];
}
