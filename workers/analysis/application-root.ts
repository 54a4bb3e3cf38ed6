import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { guessRoot } from '../protocol/origin.ts';

/**
 * The directory of the application, judging by the paths of its files; see {@link guessRoot}. O(pairs + length of the
 * paths).
 */
export function applicationRoot({ pairs, allocations, sites, strings }: HeapSnapshot): string {
  const objectsOfFile = new Map<number, number>();
  for (let pair = 0; pair < pairs.length; pair++) {
    const site = allocations.site[pairs.allocation[pair]!]!;
    if (site === 0) continue;
    const file = sites.file[site]!;
    objectsOfFile.set(file, (objectsOfFile.get(file) ?? 0) + pairs.objects[pair]!);
  }
  const files = [...objectsOfFile.keys()].map(file => strings.text(file));
  return guessRoot(files, [...objectsOfFile.values()]);
}
