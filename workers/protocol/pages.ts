import type { PairKey } from './object-set.ts';
import type { AddressText, Bytes, Count } from './units.ts';
import type { Family } from './vocabulary.ts';

/** Pages of one slot size, or all pages, and what is in their slots (numbers.md#heap-page). */
export interface PageTally {
  pages: Count;
  /** Pages without an object. */
  emptyPages: Count;
  /** Slots of those. */
  emptySlots: Count;
  slots: Count;
  /** Slots with an object. */
  live: Count;
  /** Of the live ones. */
  old: Count;
  pinned: Count;
  /** Slots that are empty: listed by the dump, or else those in which it has no object. */
  free: Count;
  /** In a dump that lists empty slots: slots that it says nothing of. */
  unlisted: Count;
}

/** Pages of one slot size. */
export interface SlotSizeRow extends PageTally {
  slotBytes: Bytes;
  /** Pages that could be empty if objects were moved together, pinned ones staying where they are; empty ones included. */
  movablePages: Count;
  /** Pages that could be empty besides if nothing were pinned. */
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
  /** Whether the dump lists empty slots (`full: true`): counts are exact. Else pages without an object are missing. */
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
  /** Objects at addresses where no slot of their page begins: they are on no page. */
  misplaced: Count;
  /** Why the heap takes what it takes, in plain sentences. */
  sentence: string;
}

/** What the colours of the page map tell: a state of the slot, membership in the current set, or a group. */
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

/** What a code of the page map stands for. */
export interface PageColourEntry {
  label: string;
  /** Null if it is none or mixed. */
  family: Family | null;
  /** 0 = newest … 1 = oldest, where colours tell generations; null else. */
  age: number | null;
  /** What it is in an answer about states. */
  state: SlotState | null;
}

export type SlotState = 'free' | 'unlisted' | 'young' | 'old' | 'pinned';

/** Pages of the map, slot by slot. */
export interface PageMap {
  /** All pages of the slot sizes that were requested. */
  total: Count;
  offset: Count;
  pages: MappedPage[];
  /** A code for each slot of these pages, one page after the other: the position in `entries`. */
  codes: Uint8Array;
  /** The object in each slot; -1 = none. */
  objects: Int32Array;
  entries: PageColourEntry[];
}
