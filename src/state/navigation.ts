import type { Exclusion } from '../../workers/protocol/exclusions.ts';
import { type GroupingKey, isPlaceKey } from '../../workers/protocol/object-set.ts';
import type { PageOrder } from '../../workers/protocol/pages.ts';
import type { PathDirection } from '../../workers/protocol/paths.ts';
import type {
  CallDirection,
  FunctionSortKey,
  ProfileGroupKey,
} from '../../workers/protocol/profile-questions.ts';
import type {
  DuplicateSortKey,
  GroupSortKey,
  ObjectColumn,
  ObjectSortKey,
} from '../../workers/protocol/questions/sort-keys.ts';
import type { TreeArea, TreeRoot } from '../../workers/protocol/questions/tree-questions.ts';
import type { AddressText, Bytes } from '../../workers/protocol/units.ts';

/** What a treemap is divided by. */
export type TreemapSource = (
  | /** Retained size along the dominator tree with siblings of a class merged, below a branch of it. */
  { by: 'merged'; path: string[]; overhead: boolean }
  /** Shallow size by class, divided by what holds the objects; `path` holds the steps drilled into. */
  | { by: 'holders'; path: string[] }
  /** Retained size along the dominator tree, one object per tile, below `root`. */
  | { by: 'dominators'; root: TreeRoot }
  /** Shallow size by a grouping; `path` holds the labels drilled into, outermost first. */
  | { by: 'groups'; keys: GroupingKey[]; path: (string | null)[]; overhead?: boolean }
) & {
  /** Number of largest children that are left out: the user opened a rest. */
  skip?: number;
};

/** The initial treemap, of the whole heap. */
export const WHOLE_TREEMAP: TreemapSource = { by: 'merged', path: [], overhead: false };

/** What the colours of a treemap mean; `group`: the outermost group. */
export const TREEMAP_COLOURS = ['type', 'origin', 'gem', 'generation', 'group'] as const;
export type TreemapColour = (typeof TREEMAP_COLOURS)[number];

/** The part of a profile that is shown: the indexes of its tree and weight, and the path within the tree. */
export interface ProfilePart {
  tree: number;
  weight: number;
  /** Groups instead of the tree in the file; [] = that tree. */
  by: ProfileGroupKey[];
  /** Names, outermost first. */
  path: string[];
  /** Number of largest children that are left out: the user opened a rest. */
  skip: number;
}

const WHOLE_PROFILE: ProfilePart = { tree: 0, weight: 0, by: [], path: [], skip: 0 };

/** What the strings view lists. */
export const STRINGS_SHOWN = ['duplicates', 'longest', 'encodings', 'literals'] as const;
export type StringsShown = (typeof STRINGS_SHOWN)[number];

/** A column of the object list that can be hidden. */
export type ShownColumn = ObjectColumn | 'address';
export const USUAL_COLUMNS: ShownColumn[] = ['generation', 'site', 'address'];

/** What the allocation sites can be sorted by. */
export const SITE_SORTS = ['objects', 'shallowBytes', 'retainedBytes'] as const;
export type SiteSortKey = (typeof SITE_SORTS)[number];

/** What the colours of the page map mean. */
export const PAGE_COLOURS = ['state', 'type', 'class', 'gem', 'generation', 'set'] as const;
export type PageColourChoice = (typeof PAGE_COLOURS)[number];

/** Every view with its parameters: everything needed to draw it again for the same dump and set. */
export type View =
  | { kind: 'overview' }
  /** `thresholds`: values by name that replace the defaults. */
  | { kind: 'findings'; thresholds: Record<string, number> }
  | {
      kind: 'treemap';
      source: TreemapSource;
      /** What the areas mean; for a dominator tree, retained bytes replace both kinds of bytes. */
      area: TreeArea;
      colour: TreemapColour;
      search: string;
      table: boolean;
    }
  | { kind: 'flame'; source: TreemapSource; search: string; table: boolean }
  | {
      kind: 'generations';
      key: GroupingKey;
      measure: 'bytes' | 'objects';
      /** Whether each bar includes all bars before it. */
      cumulative: boolean;
      /** Whether heights are logarithmic. */
      log: boolean;
      /** Whether each group is drawn as a line instead of a part of the bars. */
      lines: boolean;
      table: boolean;
    }
  | RetainersView
  | {
      kind: 'classes';
      key: GroupingKey;
      sort: GroupSortKey;
      descending: boolean;
      filter: string;
      /** Whether the classes include the allocation tracer's own table. */
      overhead: boolean;
    }
  | { kind: 'sites'; sort: SiteSortKey; descending: boolean }
  | { kind: 'tree' }
  | { kind: 'strings'; show: StringsShown; sort: DuplicateSortKey; descending: boolean }
  | { kind: 'threads' }
  | { kind: 'shapes' }
  | { kind: 'owners'; table: boolean }
  /** `slotBytes`: only pages with this slot size. */
  | { kind: 'pages'; colour: PageColourChoice; order: PageOrder; slotBytes: Bytes | null; table: boolean }
  /** `columns`: columns besides name and sizes, in order. */
  | {
      kind: 'objects';
      sort: ObjectSortKey;
      descending: boolean;
      columns: ShownColumn[];
      /** Whether the objects of the whole heap include the allocation tracer's own table. */
      overhead: boolean;
    }
  /** `repetitions`: growth by a multiple of this is marked; null marks none. */
  | { kind: 'compare'; key: GroupingKey; measure: 'bytes' | 'objects'; repetitions: number | null }
  | {
      kind: 'functions';
      tree: number;
      weight: number;
      by: ProfileGroupKey[];
      sort: FunctionSortKey;
      descending: boolean;
      search: string;
    }
  | {
      kind: 'calls';
      part: ProfilePart;
      direction: CallDirection;
      /** The function whose callers and callees are shown; null = the whole tree. */
      focus: string | null;
      /** Whether recursive calls of a function are merged. */
      fold: boolean;
      search: string;
      table: boolean;
    }
  | { kind: 'areas'; part: ProfilePart; table: boolean }
  /** Null = the main column. */
  | { kind: 'series'; columns: string[] | null; table: boolean };

/** What a view of merged paths shows. */
export interface RetainersView {
  kind: 'retainers';
  /** The object at the end of the paths; null = the current set. */
  of: AddressText | null;
  /**
   * `around`: the neighbourhood of the object, or of the class that all objects of the set have; `paths`: the shortest
   * paths one by one, for a single object.
   */
  shown: 'graph' | 'tree' | 'flame' | 'paths' | 'around';
  direction: PathDirection;
  /** Exclusions: paths must not lead through these. */
  ignore: Exclusion[];
  /** References and objects that are cut, to see what would be freed. */
  cut: Exclusion[];
}

export type ViewKind = View['kind'];
export type ViewOf<Kind extends ViewKind> = Extract<View, { kind: Kind }>;

/** The default order of groups: numbers by value, code by origin, all others by size. */
export function usualGroupOrder(key: GroupingKey): { sort: GroupSortKey; descending: boolean } {
  if (key === 'generation' || key === 'age' || key === 'slot') return { sort: 'label', descending: false };
  if (isPlaceKey(key)) return { sort: 'origin', descending: false };
  return { sort: 'shallowBytes', descending: true };
}

/** A view with its default parameters. */
export function defaultView<Kind extends ViewKind>(kind: Kind): ViewOf<Kind>;
export function defaultView(kind: ViewKind): View {
  switch (kind) {
    case 'overview':
    case 'threads':
    case 'shapes':
      return { kind };
    case 'owners':
      return { kind, table: false };
    case 'pages':
      return { kind, colour: 'state', order: 'address', slotBytes: null, table: false };
    case 'findings':
      return { kind, thresholds: {} };
    case 'treemap':
      return { kind, source: WHOLE_TREEMAP, area: 'bytes', colour: 'type', search: '', table: false };
    case 'flame':
      return { kind, source: WHOLE_TREEMAP, search: '', table: false };
    case 'generations':
      return {
        kind,
        key: 'class',
        measure: 'bytes',
        cumulative: false,
        log: false,
        lines: false,
        table: false,
      };
    case 'retainers':
      return { kind, of: null, shown: 'graph', direction: 'fromRoots', ignore: [], cut: [] };
    case 'classes':
      return { kind, key: 'class', ...usualGroupOrder('class'), filter: '', overhead: false };
    case 'sites':
      return { kind, sort: 'shallowBytes', descending: true };
    case 'tree':
      return { kind };
    case 'strings':
      return { kind, show: 'duplicates', sort: 'wastedBytes', descending: true };
    case 'objects':
      return { kind, sort: 'retainedBytes', descending: true, columns: USUAL_COLUMNS, overhead: false };
    case 'compare':
      return { kind, key: 'class', measure: 'bytes', repetitions: null };
    case 'functions':
      return { kind, tree: 0, weight: 0, by: [], sort: 'self', descending: true, search: '' };
    case 'calls':
      return {
        kind,
        part: WHOLE_PROFILE,
        direction: 'callees',
        focus: null,
        fold: false,
        search: '',
        table: false,
      };
    case 'areas':
      return { kind, part: WHOLE_PROFILE, table: false };
    case 'series':
      return { kind, columns: null, table: false };
  }
}
