import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCount, formatCountOf } from '../../protocol/format/counts.ts';
import type { HeapPages } from '../../protocol/pages.ts';

/**
 * Why the heap does not shrink, in plain sentences: how much is empty, what keeps the pages, and what compaction could
 * give back.
 */
export function pageSentence({ all, exact, pins, sizes, pageBytes }: Omit<HeapPages, 'sentence'>): string {
  if (all.pages === 0) return 'The dump has no object, so that nothing is known of pages.';
  const sum = (key: 'movablePages' | 'pinnedPages') => sizes.reduce((total, row) => total + row[key], 0);
  const movable = sum('movablePages');
  const blocked = sum('pinnedPages');
  const share = all.free / Math.max(1, all.slots);
  const empty = exact
    ? `${formatCount(all.emptyPages)} of ${formatCountOf(all.pages, 'page')} ${all.emptyPages === 1 ? 'is' : 'are'} empty`
    : `the dump shows ${formatCountOf(all.pages, 'page')} with objects, and no empty ones`;
  const gain =
    movable === 0
      ? 'Moving objects together would empty no page.'
      : `Moving objects together could empty ${exact ? 'at most' : 'about'} ${formatCountOf(movable, 'page')} (${formatBytes(movable * pageBytes)}).`;
  const pinned =
    pins === 'none'
      ? ''
      : blocked === 0
        ? ' Pinned objects prevent nothing of that.'
        : ` Pinned objects keep ${formatCountOf(blocked, 'more page', 'more pages')} (${formatBytes(blocked * pageBytes)}) from it.`;
  return `Memory goes back to the system a page at a time, when every slot of the page is empty: ${empty}, and ${Math.round(share * 100)} % of all slots are empty, on pages that objects keep. ${gain}${pinned}`;
}
