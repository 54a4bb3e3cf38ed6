import type { PageMap } from '../../../workers/protocol/pages.ts';

/** A slot of a map: the position of its page among those of the map, and its position in the page. */
export interface SlotPlace {
  page: number;
  slot: number;
}

/** For each page of a map, the index of its first code; the last entry is the number of codes. */
export function slotStarts({ pages }: PageMap): number[] {
  const starts = [0];
  for (const { slots } of pages) starts.push(starts.at(-1)! + slots);
  return starts;
}

export function codeOfSlot(map: PageMap, { page, slot }: SlotPlace): number {
  return map.codes[slotStarts(map)[page]! + slot]!;
}

/** The object in a slot; -1 = none. */
export function objectInSlot(map: PageMap, { page, slot }: SlotPlace): number {
  return map.objects[slotStarts(map)[page]! + slot]!;
}

export function addressOfSlot({ pages }: PageMap, { page, slot }: SlotPlace): string {
  const { address, firstOffset, slotBytes } = pages[page]!;
  return `0x${(BigInt(address) + BigInt(firstOffset + slot * slotBytes)).toString(16)}`;
}
