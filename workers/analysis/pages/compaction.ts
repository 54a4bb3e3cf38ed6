import type { Count } from '../../protocol/units.ts';
import type { PageTable } from './page-table.ts';

/** The pages that would be emptied by moving the objects of one slot size together. */
export interface Compaction {
  /** Number of pages that could be empty while pinned objects stay where they are. */
  movable: Count;
  /** Further pages that could be empty if nothing were pinned: those with a pinned object, the emptiest first. */
  blocked: number[];
}

/**
 * Objects move to any free slot of their size, except for pinned ones, whose pages stay. The remaining pages are the
 * fewest that can hold all objects; this is a bound, as Ruby's own compaction may stop earlier. O(p log p) for p
 * pages.
 */
export function compaction(table: PageTable, pages: readonly number[]): Compaction {
  const { slots, live, pinned } = table;
  const needed = fewestFor(
    pages.reduce((sum, page) => sum + live[page]!, 0),
    pages.map(page => slots[page]!),
  );
  const staying = pages.filter(page => pinned[page]! > 0);
  const room = staying.reduce((sum, page) => sum + slots[page]!, 0);
  const others = pages.filter(page => pinned[page] === 0);
  const left = pages.reduce((sum, page) => sum + live[page]!, 0) - room;
  const kept =
    staying.length +
    fewestFor(
      left,
      others.map(page => slots[page]!),
    );
  const emptiest = staying.sort((a, b) => live[a]! - live[b]! || a - b);
  return { movable: pages.length - kept, blocked: emptiest.slice(0, kept - needed) };
}

/** The minimum number of pages with room for this many objects. */
function fewestFor(objects: Count, rooms: number[]): Count {
  rooms.sort((a, b) => b - a);
  let count = 0;
  for (let left = objects; left > 0; count++) left -= rooms[count]!;
  return count;
}
