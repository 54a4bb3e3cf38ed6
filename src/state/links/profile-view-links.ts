import type { FunctionSortKey, ProfileGroupKey } from '../../../workers/protocol/profile-questions.ts';
import type { ProfilePart } from '../navigation.ts';
import { isPath } from '../set-codec.ts';
import { type LinkParameters, MAX_PATH, writePath } from './link-parameters.ts';
import { readDescending, type ViewLink, writeOrder } from './view-link.ts';

const FUNCTION_SORTS: readonly FunctionSortKey[] = ['name', 'self', 'total', 'selfChange', 'totalChange'];
const PROFILE_GROUP_KEYS: readonly ProfileGroupKey[] = ['library', 'file', 'line', 'function'];
/** Maximum number of columns of a series in a link. */
const MAX_COLUMNS = 12;

/** The views of profiles and series. */
export type ProfileViewKind = 'functions' | 'calls' | 'areas' | 'series';

export const PROFILE_VIEW_LINKS: { readonly [Kind in ProfileViewKind]: ViewLink<Kind> } = {
  functions: {
    write: view => ({
      tree: String(view.tree),
      weight: String(view.weight),
      group: view.by.join(','),
      sort: view.sort,
      order: writeOrder(view),
      search: view.search,
    }),
    read: (given, usual) => {
      const { tree, weight, by } = readPart(given);
      const sort = given.choice('sort', FUNCTION_SORTS, usual.sort);
      return {
        ...usual,
        tree,
        weight,
        by,
        sort,
        descending: readDescending(given),
        search: given.text('search'),
      };
    },
  },
  calls: {
    write: ({ part, direction, focus, fold, search, table }) => ({
      ...writePart(part),
      from: direction,
      function: focus ?? '',
      fold: String(fold),
      search,
      table: String(table),
    }),
    read: (given, usual) => ({
      ...usual,
      part: readPart(given),
      direction: given.choice('from', ['callers', 'callees'], usual.direction),
      focus: given.text('function') || null,
      fold: given.isOn('fold'),
      search: given.text('search'),
      table: given.isOn('table'),
    }),
  },
  areas: {
    write: ({ part, table }) => ({ ...writePart(part), table: String(table) }),
    read: (given, usual) => ({ ...usual, part: readPart(given), table: given.isOn('table') }),
  },
  series: {
    write: ({ columns, table }) => ({ columns: writePath(columns ?? []), table: String(table) }),
    read: (given, usual) => {
      const columns = given.path('columns', MAX_COLUMNS);
      return {
        ...usual,
        columns: columns.length > 0 && isPath(columns) ? columns : null,
        table: given.isOn('table'),
      };
    },
  },
};

function writePart({ tree, weight, by, path, skip }: ProfilePart): Record<string, string> {
  return {
    group: by.join(','),
    tree: String(tree),
    weight: String(weight),
    path: writePath(path),
    skip: String(skip),
  };
}

function readPart(given: LinkParameters): ProfilePart {
  const path = given.path('path', MAX_PATH);
  const groups = given.choices('group', PROFILE_GROUP_KEYS) ?? [];
  return {
    tree: given.count('tree') ?? 0,
    weight: given.count('weight') ?? 0,
    // From the outermost to the innermost, regardless of the order in the link.
    by: PROFILE_GROUP_KEYS.filter(key => groups.includes(key)),
    path: isPath(path) ? path : [],
    skip: given.count('skip') ?? 0,
  };
}
