import type { GroupingKey } from '../../workers/protocol/object-set.ts';
import type { GroupSortKey, ObjectSortKey, TreeRoot } from '../../workers/protocol/questions.ts';

/** What a treemap is divided by. */
export type TreemapSource = (
  | /** Retained size along the dominator tree with siblings of a class merged, below a branch of it. */
  { by: 'merged'; path: string[]; overhead: boolean }
  /** Shallow size by class, divided by what holds the objects; `path` holds the steps drilled into. */
  | { by: 'holders'; path: string[] }
  /** Retained size along the dominator tree, one object a tile, below `root`. */
  | { by: 'dominators'; root: TreeRoot }
  /** Shallow size by a grouping; `path` holds the labels drilled into, outermost first. */
  | { by: 'groups'; keys: GroupingKey[]; path: (string | null)[]; overhead?: boolean }
) & {
  /** The largest children that are left out, so many: what was opened is a rest. */
  skip?: number;
};

/** The treemap of everything, as it is first opened. */
export const WHOLE_TREEMAP: TreemapSource = { by: 'merged', path: [], overhead: false };

/** What the colours of a treemap tell. */
export type TreemapColour = 'type' | 'generation';

/** Every view with its parameters: all that is needed to draw it again for the same dump and set. */
export type View =
  | { kind: 'overview' }
  /** `thresholds`: values by name in place of the usual ones. */
  | { kind: 'findings'; thresholds: Record<string, number> }
  | { kind: 'treemap'; source: TreemapSource; colour: TreemapColour; table: boolean }
  | { kind: 'flame'; source: TreemapSource; search: string; table: boolean }
  | { kind: 'generations'; key: GroupingKey; measure: 'bytes' | 'objects'; table: boolean }
  | { kind: 'classes'; key: GroupingKey; sort: GroupSortKey; descending: boolean; filter: string }
  | { kind: 'threads' }
  | { kind: 'objects'; sort: ObjectSortKey; descending: boolean };

export type ViewKind = View['kind'];
export type ViewOf<Kind extends ViewKind> = Extract<View, { kind: Kind }>;

/** A view as it is when first opened. */
export function defaultView<Kind extends ViewKind>(kind: Kind): ViewOf<Kind>;
export function defaultView(kind: ViewKind): View {
  switch (kind) {
    case 'overview':
    case 'threads':
      return { kind };
    case 'findings':
      return { kind, thresholds: {} };
    case 'treemap':
      return { kind, source: WHOLE_TREEMAP, colour: 'type', table: false };
    case 'flame':
      return { kind, source: WHOLE_TREEMAP, search: '', table: false };
    case 'generations':
      return { kind, key: 'class', measure: 'bytes', table: false };
    case 'classes':
      return { kind, key: 'class', sort: 'shallowBytes', descending: true, filter: '' };
    case 'objects':
      return { kind, sort: 'retainedBytes', descending: true };
  }
}

/** Name, one line of what it shows, and the key after `g` that opens it; in the order of the rail. */
export const VIEWS: readonly { kind: ViewKind; name: string; shows: string; shortcut: string }[] = [
  { kind: 'overview', name: 'Overview', shows: 'What fills the heap, at a glance', shortcut: 'o' },
  { kind: 'findings', name: 'Findings', shows: 'What leaks, what is wasted and why', shortcut: 'i' },
  {
    kind: 'treemap',
    name: 'Treemap',
    shows: 'The heap as areas, by what keeps it or by group',
    shortcut: 't',
  },
  { kind: 'flame', name: 'Flame', shows: 'What holds what, level by level', shortcut: 'f' },
  {
    kind: 'generations',
    name: 'Generations',
    shows: 'When what is alive was allocated, in GC runs',
    shortcut: 'n',
  },
  { kind: 'classes', name: 'Classes', shows: 'Every class, type, gem, file, site or method', shortcut: 'c' },
  {
    kind: 'threads',
    name: 'Threads',
    shows: 'Threads and fibers, and what each keeps',
    shortcut: 'h',
  },
  { kind: 'objects', name: 'Objects', shows: 'The objects of the current set, one a row', shortcut: 'b' },
];

export const GROUPING_KEY_NAMES: Readonly<Record<GroupingKey, { name: string; plural: string }>> = {
  class: { name: 'class', plural: 'classes' },
  superclass: { name: 'superclass', plural: 'superclasses' },
  namespace: { name: 'namespace', plural: 'namespaces' },
  type: { name: 'type', plural: 'types' },
  gem: { name: 'gem', plural: 'gems' },
  directory: { name: 'directory', plural: 'directories' },
  file: { name: 'file', plural: 'files' },
  site: { name: 'allocation site', plural: 'allocation sites' },
  method: { name: 'method', plural: 'methods' },
  generation: { name: 'generation', plural: 'generations' },
  age: { name: 'age', plural: 'ages' },
};

export const GROUPING_KEYS = Object.keys(GROUPING_KEY_NAMES) as GroupingKey[];
