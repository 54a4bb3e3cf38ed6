import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCount, formatCountOf, formatShare, shareOf } from '../../protocol/format/counts.ts';
import type { HeapPages } from '../../protocol/pages.ts';

const RULE = 'Memory goes back to the system a page at a time, once a page has no object.';

/**
 * Why the heap does not shrink, in plain sentences: which pages are empty, what keeps the others, and what compaction
 * could free.
 */
export function pageSentence(pages: Omit<HeapPages, 'sentence'>): string {
  if (pages.all.pages === 0) return 'The dump has no objects, so nothing is known about its pages.';
  return [RULE, occupation(pages), compactionText(pages)].join(' ');
}

function occupation({ all, exact }: Omit<HeapPages, 'sentence'>): string {
  const taken = all.pages - all.emptyPages;
  const slots = all.slots - all.emptySlots;
  const free = formatShare(shareOf(all.free - all.emptySlots, slots));
  if (!exact) {
    return `The dump has objects on ${formatCountOf(taken, 'page')}: they stay, though about ${free} of their slots are free.`;
  }
  const stay = `stay${taken === 1 ? 's' : ''}, though ${free} of ${taken === 1 ? 'its' : 'their'} slots are free.`;
  if (all.emptyPages === 0) return `No page is empty: ${formatCountOf(taken, 'page')} ${stay}`;
  return `Of ${formatCountOf(all.pages, 'page')}, ${formatCount(all.emptyPages)} ${all.emptyPages === 1 ? 'has' : 'have'} none; ${formatCount(taken)} ${stay}`;
}

function compactionText({ all, exact, pins, sizes, pageBytes }: Omit<HeapPages, 'sentence'>): string {
  const sum = (key: 'movablePages' | 'pinnedPages') => sizes.reduce((total, row) => total + row[key], 0);
  const movable = sum('movablePages') - all.emptyPages;
  const blocked = sum('pinnedPages');
  const gain =
    movable === 0
      ? 'Moving objects together would empty none of them.'
      : `Moving objects together could empty ${exact ? 'at most' : 'about'} ${formatCount(movable)} of them (${formatBytes(movable * pageBytes)}).`;
  if (pins === 'none' || blocked === 0) return gain;
  return `${gain} Pinned objects prevent that for ${formatCountOf(blocked, 'more page')} (${formatBytes(blocked * pageBytes)}).`;
}
