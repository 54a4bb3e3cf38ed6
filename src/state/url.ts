import {
  type Exclusion,
  exclusionText,
  MAX_EXCLUSIONS,
  parseExclusion,
} from '../../workers/protocol/exclusions.ts';
import { isGroupingKey } from '../../workers/protocol/object-set.ts';
import type { FunctionSortKey, ProfileGroupKey } from '../../workers/protocol/profile-questions.ts';
import {
  type DuplicateSortKey,
  type GroupSortKey,
  OBJECT_COLUMNS,
  OBJECT_SORTS,
  TREE_AREAS,
  type TreeRoot,
} from '../../workers/protocol/questions.ts';
import {
  defaultView,
  PAGE_COLOURS,
  type ProfilePart,
  type ShownColumn,
  SITE_SORTS,
  STRINGS_SHOWN,
  TREEMAP_COLOURS,
  type TreemapSource,
  USUAL_COLUMNS,
  usualGroupOrder,
  type View,
  type ViewKind,
  WHOLE_TREEMAP,
} from './navigation.ts';
import { isPath } from './set-codec.ts';

/** Whether a text is the address of an object as links write it. */
export function isAddress(text: string): boolean {
  return /^0x[0-9a-f]{1,16}$/.test(text);
}

/** The parameters of a view in a link: name → value. What has its default value is left out. */
export function viewParameters(view: View): Record<string, string> {
  const pairs: [string, string, string][] = [];
  switch (view.kind) {
    case 'overview':
    case 'threads':
    case 'shapes':
      break;
    case 'owners':
      pairs.push(['table', String(view.table), 'false']);
      break;
    case 'pages':
      pairs.push(['colour', view.colour, 'state'], ['order', view.order, 'address']);
      pairs.push(['slots', String(view.slotBytes ?? ''), ''], ['table', String(view.table), 'false']);
      break;
    case 'findings':
      pairs.push(['at', writeThresholds(view.thresholds), '']);
      break;
    case 'treemap':
      pairs.push(['by', writeSource(view.source), 'merged'], ['area', view.area, 'bytes']);
      pairs.push(['colour', view.colour, 'type'], ['search', view.search, '']);
      pairs.push(['skip', String(view.source.skip ?? 0), '0']);
      pairs.push(['table', String(view.table), 'false']);
      break;
    case 'flame':
      pairs.push(['by', writeSource(view.source), 'merged'], ['skip', String(view.source.skip ?? 0), '0']);
      pairs.push(['search', view.search, ''], ['table', String(view.table), 'false']);
      break;
    case 'generations':
      pairs.push(['by', view.key, 'class'], ['measure', view.measure, 'bytes']);
      pairs.push(['cumulative', String(view.cumulative), 'false'], ['log', String(view.log), 'false']);
      pairs.push(['lines', String(view.lines), 'false']);
      pairs.push(['table', String(view.table), 'false']);
      break;
    case 'retainers':
      pairs.push(
        ['of', view.of ?? '', ''],
        ['as', view.shown, 'graph'],
        ['from', view.direction, 'fromRoots'],
      );
      pairs.push(['ignore', writeExclusions(view.ignore), ''], ['cut', writeExclusions(view.cut), '']);
      break;
    case 'classes': {
      const usual = usualGroupOrder(view.key);
      pairs.push(['by', view.key, 'class'], ['sort', view.sort, usual.sort]);
      const isUsuallyDown = view.sort !== usual.sort || usual.descending;
      pairs.push(['order', view.descending ? 'down' : 'up', isUsuallyDown ? 'down' : 'up']);
      pairs.push(['filter', view.filter, ''], ['overhead', String(view.overhead), 'false']);
      break;
    }
    case 'tree':
      break;
    case 'sites':
      pairs.push(['sort', view.sort, 'shallowBytes'], ['order', view.descending ? 'down' : 'up', 'down']);
      break;
    case 'strings':
      pairs.push(['show', view.show, 'duplicates'], ['sort', view.sort, 'wastedBytes']);
      pairs.push(['order', view.descending ? 'down' : 'up', 'down']);
      break;
    case 'compare':
      pairs.push(['by', view.key, 'class'], ['measure', view.measure, 'bytes']);
      pairs.push(['repetitions', String(view.repetitions ?? ''), '']);
      break;
    case 'objects':
      pairs.push(['sort', view.sort, 'retainedBytes'], ['order', view.descending ? 'down' : 'up', 'down']);
      pairs.push(['columns', view.columns.join(','), USUAL_COLUMNS.join(',')]);
      break;
    case 'functions':
      pairs.push(['tree', String(view.tree), '0'], ['weight', String(view.weight), '0']);
      pairs.push(['group', view.by.join(','), '']);
      pairs.push(['sort', view.sort, 'self'], ['order', view.descending ? 'down' : 'up', 'down']);
      pairs.push(['search', view.search, '']);
      break;
    case 'calls':
      pairs.push(...writePart(view.part), ['from', view.direction, 'callees']);
      pairs.push(['function', view.focus ?? '', ''], ['fold', String(view.fold), 'false']);
      pairs.push(['search', view.search, ''], ['table', String(view.table), 'false']);
      break;
    case 'areas':
      pairs.push(...writePart(view.part), ['table', String(view.table), 'false']);
      break;
    case 'series':
      pairs.push(['columns', view.columns === null ? '' : JSON.stringify(view.columns), '']);
      pairs.push(['table', String(view.table), 'false']);
      break;
  }
  return Object.fromEntries(
    pairs.filter(([, value, usual]) => value !== usual).map(([name, value]) => [name, value]),
  );
}

/** The view of a link. Whatever its parameters do not say, or say in a way that is not understood, has its default. */
export function readView(kind: ViewKind, parameters: URLSearchParams): View {
  const table = parameters.get('table') === 'true';
  const descending = parameters.get('order') !== 'up';
  // Older links say `key`.
  const keyText = parameters.get('by') ?? parameters.get('key');
  const key = isGroupingKey(keyText) ? keyText : 'class';
  const sort = parameters.get('sort');
  switch (kind) {
    case 'overview':
    case 'threads':
    case 'shapes':
      return defaultView(kind);
    case 'owners':
      return { kind, table };
    case 'pages': {
      const colour = parameters.get('colour');
      const slots = parameters.get('slots') ?? '';
      return {
        kind,
        colour: PAGE_COLOURS.find(known => known === colour) ?? 'state',
        order: parameters.get('order') === 'fullness' ? 'fullness' : 'address',
        slotBytes: /^[1-9]\d{0,5}$/.test(slots) ? Number(slots) : null,
        table,
      };
    }
    case 'findings':
      return { kind, thresholds: readThresholds(parameters.get('at') ?? '') };
    case 'treemap':
      return {
        kind,
        source: { ...readSource(parameters.get('by') ?? ''), ...readSkip(parameters.get('skip')) },
        area: TREE_AREAS.find(known => known === parameters.get('area')) ?? 'bytes',
        colour: TREEMAP_COLOURS.find(known => known === parameters.get('colour')) ?? 'type',
        search: parameters.get('search') ?? '',
        table,
      };
    case 'flame':
      return {
        kind,
        source: { ...readSource(parameters.get('by') ?? ''), ...readSkip(parameters.get('skip')) },
        search: parameters.get('search') ?? '',
        table,
      };
    case 'generations':
      return {
        kind,
        key,
        measure: parameters.get('measure') === 'objects' ? 'objects' : 'bytes',
        cumulative: parameters.get('cumulative') === 'true',
        log: parameters.get('log') === 'true',
        lines: parameters.get('lines') === 'true',
        table,
      };
    case 'retainers': {
      const of = parameters.get('of');
      const shown = parameters.get('as');
      return {
        kind,
        of: of !== null && isAddress(of) ? of : null,
        shown: SHOWN.find(known => known === shown) ?? 'graph',
        direction: parameters.get('from') === 'fromSet' ? 'fromSet' : 'fromRoots',
        ignore: readExclusions(parameters.get('ignore')),
        cut: readExclusions(parameters.get('cut')),
      };
    }
    case 'classes':
      return {
        kind,
        key,
        ...readGroupOrder(sort, parameters.get('order'), usualGroupOrder(key)),
        filter: parameters.get('filter') ?? '',
        overhead: parameters.get('overhead') === 'true',
      };
    case 'tree':
      return defaultView(kind);
    case 'sites':
      return { kind, sort: SITE_SORTS.find(known => known === sort) ?? 'shallowBytes', descending };
    case 'strings':
      return {
        kind,
        show: STRINGS_SHOWN.find(known => known === parameters.get('show')) ?? 'duplicates',
        sort: DUPLICATE_SORTS.find(known => known === sort) ?? 'wastedBytes',
        descending,
      };
    case 'compare':
      return {
        kind,
        key: isGroupingKey(key) ? key : 'class',
        measure: parameters.get('measure') === 'objects' ? 'objects' : 'bytes',
        repetitions: readCount(parameters.get('repetitions')),
      };
    case 'objects':
      return {
        kind,
        sort: OBJECT_SORTS.find(known => known === sort) ?? 'retainedBytes',
        descending,
        columns: readColumns(parameters.get('columns')),
      };
    case 'functions': {
      const { tree, weight, by } = readPart(parameters);
      const known = FUNCTION_SORTS.find(one => one === sort) ?? 'self';
      return { kind, tree, weight, by, sort: known, descending, search: parameters.get('search') ?? '' };
    }
    case 'calls':
      return {
        kind,
        part: readPart(parameters),
        direction: parameters.get('from') === 'callers' ? 'callers' : 'callees',
        focus: parameters.get('function') || null,
        fold: parameters.get('fold') === 'true',
        search: parameters.get('search') ?? '',
        table,
      };
    case 'areas':
      return { kind, part: readPart(parameters), table };
    case 'series': {
      const columns = readPath(parameters.get('columns') ?? '', MAX_COLUMNS);
      return { kind, columns: columns.length > 0 && isPath(columns) ? columns : null, table };
    }
  }
}

/** What a link does not say is as usual; a link that names another column than the usual one sorts it downwards. */
function readGroupOrder(
  sort: string | null,
  order: string | null,
  usual: ReturnType<typeof usualGroupOrder>,
): { sort: GroupSortKey; descending: boolean } {
  const key = GROUP_SORTS.find(known => known === sort) ?? usual.sort;
  const descending = order === null ? key !== usual.sort || usual.descending : order !== 'up';
  return { sort: key, descending };
}

/** Thresholds that a link may hold. */
const MAX_THRESHOLDS = 100;

/** `suspect.share:0.05,growing.recent:0.5` */
function writeThresholds(thresholds: Record<string, number>): string {
  return Object.entries(thresholds)
    .map(([name, value]) => `${name}:${value}`)
    .join(',');
}

function readThresholds(text: string): Record<string, number> {
  const thresholds: Record<string, number> = {};
  for (const part of text.split(',').slice(0, MAX_THRESHOLDS)) {
    const [, name = '', value = ''] = /^([a-z]+\.[a-z]+):(\d{1,12}(?:\.\d{1,6})?)$/.exec(part) ?? [];
    if (name !== '') thresholds[name] = Number(value);
  }
  return thresholds;
}

function writeExclusions(exclusions: readonly Exclusion[]): string {
  return exclusions.length === 0 ? '' : JSON.stringify(exclusions.map(exclusionText));
}

/** What is understood of a list of exclusions; an older or damaged link leaves nothing out. */
function readExclusions(text: string | null): Exclusion[] {
  return readPath(text ?? '[]', MAX_EXCLUSIONS).flatMap(each => {
    const exclusion = each === null ? null : parseExclusion(each);
    return exclusion === null ? [] : [exclusion];
  });
}

const SHOWN = ['graph', 'tree', 'flame', 'paths', 'around'] as const;
/** Steps of a branch that a link may hold. */
const MAX_BRANCH = 1000;
const GROUP_SORTS: readonly GroupSortKey[] = ['label', 'origin', 'objects', 'shallowBytes', 'retainedBytes'];
const DUPLICATE_SORTS: readonly DuplicateSortKey[] = ['wastedBytes', 'copies', 'length'];

const FUNCTION_SORTS: readonly FunctionSortKey[] = ['name', 'self', 'total', 'selfChange', 'totalChange'];
const PROFILE_GROUP_KEYS: readonly ProfileGroupKey[] = ['library', 'file', 'line', 'function'];
/** Columns of a series that a link may hold. */
const MAX_COLUMNS = 12;

function writePart({ tree, weight, by, path, skip }: ProfilePart): [string, string, string][] {
  return [
    ['group', by.join(','), ''],
    ['tree', String(tree), '0'],
    ['weight', String(weight), '0'],
    ['path', path.length === 0 ? '' : JSON.stringify(path), ''],
    ['skip', String(skip), '0'],
  ];
}

function readPart(parameters: URLSearchParams): ProfilePart {
  const position = (name: string) => {
    const text = parameters.get(name) ?? '';
    return /^\d{1,8}$/.test(text) ? Number(text) : 0;
  };
  const path = readPath(parameters.get('path') ?? '', MAX_BRANCH);
  const groups = (parameters.get('group') ?? '').split(',');
  return {
    tree: position('tree'),
    weight: position('weight'),
    by: PROFILE_GROUP_KEYS.filter(key => groups.includes(key)),
    path: isPath(path) ? path : [],
    skip: position('skip'),
  };
}

function readCount(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

function readSkip(text: string | null): { skip?: number } {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? { skip: Number(text) } : {};
}

/**
 * `merged` and `class,site` with the path drilled into, `merged+overhead`, `dominators`, `dominators:object:12`,
 * `dominators:root:vm`.
 */
function writeSource(source: TreemapSource): string {
  if (source.by === 'holders') return `holders${source.path.length === 0 ? '' : JSON.stringify(source.path)}`;
  if (source.by === 'merged') {
    const path = source.path.length === 0 ? '' : JSON.stringify(source.path);
    return `merged${source.overhead ? '+overhead' : ''}${path}`;
  }
  if (source.by === 'groups') {
    const path = source.path.length === 0 ? '' : JSON.stringify(source.path);
    return `${source.keys.join(',')}${source.overhead ? '+overhead' : ''}${path}`;
  }
  const { root } = source;
  switch (root.kind) {
    case 'all':
      return 'dominators';
    case 'unreachable':
      return 'dominators:unreachable';
    case 'root':
      return `dominators:root:${root.name}`;
    case 'object':
      return `dominators:object:${root.object}`;
  }
}

/** Null: nothing is said of columns. */
function readColumns(text: string | null): ShownColumn[] {
  if (text === null) return USUAL_COLUMNS;
  const known: readonly ShownColumn[] = [...OBJECT_COLUMNS, 'address'];
  return [...new Set(text.split(','))].flatMap(name => known.filter(column => column === name));
}

function readSource(text: string): TreemapSource {
  if (text.startsWith('dominators')) {
    return { by: 'dominators', root: readRoot(text.slice('dominators'.length)) };
  }
  const pathAt = text.indexOf('[');
  const head = pathAt < 0 ? text : text.slice(0, pathAt);
  if (head === 'merged' || head === 'merged+overhead' || head === 'holders') {
    const steps = pathAt < 0 ? [] : readPath(text.slice(pathAt), MAX_BRANCH);
    const path = isPath(steps) ? steps : [];
    return head === 'holders' ? { by: head, path } : { by: 'merged', path, overhead: head !== 'merged' };
  }
  const [list = '', overhead] = head.split('+');
  const keys = list.split(',').filter(isGroupingKey);
  if (keys.length === 0 || keys.length > 5) return WHOLE_TREEMAP;
  const path = pathAt < 0 ? [] : readPath(text.slice(pathAt), keys.length);
  return { by: 'groups', keys, path, ...(overhead === 'overhead' ? { overhead: true } : {}) };
}

function readRoot(text: string): TreeRoot {
  const [, kind = '', value = ''] = text.split(/:([a-z]+):?(.*)/s);
  if (kind === 'unreachable') return { kind };
  if (kind === 'root' && value !== '') return { kind, name: value };
  if (kind === 'object' && /^\d{1,10}$/.test(value)) return { kind, object: Number(value) };
  return { kind: 'all' };
}

function readPath(text: string, maxLength: number): (string | null)[] {
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return [];
    const isPath = value.every(label => label === null || typeof label === 'string');
    return isPath ? value.slice(0, maxLength) : [];
  } catch {
    // A damaged link opens at the top.
    return [];
  }
}
