import type { Generation, ObjectIndex } from './units.ts';

/**
 * A key by which objects can be grouped. Each is a function of one object:
 * - `class`: class label (numbers.md#class-label)
 * - `class-object`: class label, with the address of the class where several have its name, or it has none
 * - `superclass`: of the class that the label names; none at the top, and in dumps without superclasses (Ruby ≤ 3.0)
 * - `namespace`: the constants that enclose the class label; none at top level
 * - `type`: Ruby's internal type (STRING, DATA …)
 * - `origin`, `gem`: see numbers.md#origin; no label without a site
 * - `directory`, `file`, `site` (`file:line`), `method`: of the allocation site
 * - `generation`: GC count at allocation; `age`: how many generations before the newest of the dump that was
 * - `root`: the kind of root that reaches it, if only one does
 * - `dominator`: the class label of its immediate dominator
 * - `flags`: all flags that are set, and whether it is old
 * - `encoding`: of a string; `shape`: the id of its shape
 * - `slot`: the size of its slot in bytes
 */
export const GROUPING_KEYS = [
  'class',
  'class-object',
  'superclass',
  'namespace',
  'type',
  'origin',
  'gem',
  'directory',
  'file',
  'site',
  'method',
  'generation',
  'age',
  'root',
  'dominator',
  'flags',
  'encoding',
  'slot',
  'shape',
] as const;
export type GroupingKey = (typeof GROUPING_KEYS)[number];

/** The keys whose value has to be looked up for each object; all others are determined by its pair. */
export const OBJECT_KEYS = ['root', 'dominator', 'flags', 'slot'] as const satisfies readonly GroupingKey[];
export type ObjectKey = (typeof OBJECT_KEYS)[number];

export function isObjectKey(key: GroupingKey): key is ObjectKey {
  return (OBJECT_KEYS as readonly GroupingKey[]).includes(key);
}

/** The keys that have one value for all objects of a pair (`PairTable`). */
export type PairKey = Exclude<GroupingKey, ObjectKey>;

export function isPairKey(key: unknown): key is PairKey {
  return isGroupingKey(key) && !isObjectKey(key);
}

export const PAIR_KEYS: readonly PairKey[] = GROUPING_KEYS.filter(isPairKey);

/** The keys by location of the allocating code: all members of a group have one origin. */
export const PLACE_KEYS = [
  'origin',
  'gem',
  'directory',
  'file',
  'site',
] as const satisfies readonly PairKey[];

export function isPlaceKey(key: GroupingKey): boolean {
  return (PLACE_KEYS as readonly GroupingKey[]).includes(key);
}

export function isGroupingKey(text: unknown): text is GroupingKey {
  return (GROUPING_KEYS as readonly unknown[]).includes(text);
}

/**
 * An object set as a value: a description that can be stored in a URL. The worker compiles it
 * once and caches it by its canonical text, so asking twice costs nothing.
 */
export type ObjectSetSpec =
  | { kind: 'all' }
  /** Objects whose group under `key` has this label (`null` = the group without one, such as untraced). */
  | { kind: 'group'; key: GroupingKey; label: string | null }
  /** Objects allocated in generations `from` … `to`, both included. Untraced objects are not in it. */
  | { kind: 'generations'; from: Generation; to: Generation }
  /** Objects without a generation. */
  | { kind: 'untraced' }
  /** The object and all that it dominates. */
  | { kind: 'dominatedBy'; object: ObjectIndex }
  /** The objects in a branch of the merged dominator tree; see the question `mergedTree`. */
  | { kind: 'branch'; path: string[] }
  /** Objects that some root reaches, or with `reachable: false` those that none does. */
  | { kind: 'reachability'; reachable: boolean }
  /**
   * Objects whose label, site or method contains the text, ignoring case, and the object that it denotes: by address,
   * inspect text or object id.
   */
  | { kind: 'text'; text: string }
  /**
   * The objects that a filter finds, in the language of `parseFilter`. A filter that cannot be answered throws a
   * `FilterError`.
   */
  | { kind: 'filter'; text: string }
  | { kind: 'and'; sets: ObjectSetSpec[] }
  | { kind: 'not'; set: ObjectSetSpec };

/** Canonical text of a set: equal sets written the same way have equal texts. */
export function objectSetKey(spec: ObjectSetSpec): string {
  switch (spec.kind) {
    case 'and':
      return `and(${spec.sets.map(objectSetKey).sort().join(',')})`;
    case 'not':
      return `not(${objectSetKey(spec.set)})`;
    default:
      return JSON.stringify(spec, Object.keys(spec).sort());
  }
}
