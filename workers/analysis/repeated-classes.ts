import { descriptorOf, type HeapSnapshot, hasTrait } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import type { RepeatedClass } from '../protocol/overview.ts';
import { Trait } from '../protocol/vocabulary.ts';

/**
 * Names shared by several classes or modules: they were defined again, and the old ones are still alive. Most
 * frequent first. Empty up to Ruby 3.0, whose records do not mark singleton classes; up to 2.7 these have the names
 * of other classes. O(classes).
 */
export function repeatedClasses(snapshot: HeapSnapshot): RepeatedClass[] {
  const { classes, flags, strings, descriptors } = snapshot;
  if (!classes.hasSingletonClasses) return [];
  const counts = new Map<number, { type: number; count: number }[]>();
  for (const [row, object] of classes.object.entries()) {
    const descriptor = descriptorOf(snapshot, object);
    if (hasTrait(snapshot, descriptor, Trait.proxy)) continue;
    const type = descriptors.type[descriptor]!;
    const name = classes.name[row]!;
    if (name === 0 || (flags[object]! & ObjectFlag.singleton) !== 0) continue;
    const known = counts.get(name) ?? [];
    const same = known.find(each => each.type === type);
    if (same === undefined) counts.set(name, [...known, { type, count: 1 }]);
    else same.count++;
  }
  return [...counts]
    .flatMap(([name, kinds]) => kinds.map(({ count }) => ({ name: strings.text(name), count })))
    .filter(({ count }) => count > 1)
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
