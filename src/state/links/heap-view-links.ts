import {
  type Exclusion,
  exclusionText,
  MAX_EXCLUSIONS,
  parseExclusion,
} from '../../../workers/protocol/exclusions.ts';
import { GROUPING_KEYS, type GroupingKey } from '../../../workers/protocol/object-set.ts';
import {
  type DuplicateSortKey,
  type GroupSortKey,
  OBJECT_COLUMNS,
  OBJECT_SORTS,
} from '../../../workers/protocol/questions/sort-keys.ts';
import { TREE_AREAS } from '../../../workers/protocol/questions/tree-questions.ts';
import {
  PAGE_COLOURS,
  type RetainersView,
  type ShownColumn,
  SITE_SORTS,
  STRINGS_SHOWN,
  TREEMAP_COLOURS,
  usualGroupOrder,
  type ViewKind,
} from '../navigation.ts';
import { isAddress } from './is-address.ts';
import { type LinkParameters, writePath } from './link-parameters.ts';
import type { ProfileViewKind } from './profile-view-links.ts';
import { readSource, writeSource } from './treemap-source.ts';
import { readDescending, type ViewLink, withoutParameters, writeOrder } from './view-link.ts';

const MEASURES = ['bytes', 'objects'] as const;
const GROUP_SORTS: readonly GroupSortKey[] = ['label', 'origin', 'objects', 'shallowBytes', 'retainedBytes'];
const DUPLICATE_SORTS: readonly DuplicateSortKey[] = ['wastedBytes', 'copies', 'length'];
const RETAINERS_SHOWN: readonly RetainersView['shown'][] = ['graph', 'tree', 'flame', 'paths', 'around'];
const SHOWN_COLUMNS: readonly ShownColumn[] = [...OBJECT_COLUMNS, 'address'];

/** The views of heaps. */
export const HEAP_VIEW_LINKS: {
  readonly [Kind in Exclude<ViewKind, ProfileViewKind>]: ViewLink<Kind>;
} = {
  overview: withoutParameters(),
  threads: withoutParameters(),
  shapes: withoutParameters(),
  tree: withoutParameters(),
  owners: {
    write: ({ table }) => ({ table: String(table) }),
    read: (given, usual) => ({ ...usual, table: given.isOn('table') }),
  },
  pages: {
    write: ({ colour, order, slotBytes, table }) => ({
      colour,
      order,
      slots: String(slotBytes ?? ''),
      table: String(table),
    }),
    read: (given, usual) => ({
      ...usual,
      colour: given.choice('colour', PAGE_COLOURS, usual.colour),
      order: given.choice('order', ['address', 'fullness'], usual.order),
      slotBytes: given.count('slots'),
      table: given.isOn('table'),
    }),
  },
  findings: {
    write: ({ thresholds }) => ({ at: writeThresholds(thresholds) }),
    read: (given, usual) => ({ ...usual, thresholds: readThresholds(given.text('at')) }),
  },
  treemap: {
    write: ({ source, area, colour, search, table }) => {
      const { by, skip } = writeSource(source);
      return { by, area, colour, search, skip, table: String(table) };
    },
    read: (given, usual) => ({
      ...usual,
      source: readSource(given),
      area: given.choice('area', TREE_AREAS, usual.area),
      colour: given.choice('colour', TREEMAP_COLOURS, usual.colour),
      search: given.text('search'),
      table: given.isOn('table'),
    }),
  },
  flame: {
    write: ({ source, search, table }) => ({ ...writeSource(source), search, table: String(table) }),
    read: (given, usual) => ({
      ...usual,
      source: readSource(given),
      search: given.text('search'),
      table: given.isOn('table'),
    }),
  },
  generations: {
    write: ({ key, measure, cumulative, log, lines, table }) => ({
      by: key,
      measure,
      cumulative: String(cumulative),
      log: String(log),
      lines: String(lines),
      table: String(table),
    }),
    read: (given, usual) => ({
      ...usual,
      key: readKey(given, usual.key),
      measure: given.choice('measure', MEASURES, usual.measure),
      cumulative: given.isOn('cumulative'),
      log: given.isOn('log'),
      lines: given.isOn('lines'),
      table: given.isOn('table'),
    }),
  },
  retainers: {
    write: ({ of, shown, direction, ignore, cut }) => ({
      of: of ?? '',
      as: shown,
      from: direction,
      ignore: writeExclusions(ignore),
      cut: writeExclusions(cut),
    }),
    read: (given, usual) => {
      const of = given.text('of');
      return {
        ...usual,
        of: isAddress(of) ? of : null,
        shown: given.choice('as', RETAINERS_SHOWN, usual.shown),
        direction: given.choice('from', ['fromRoots', 'fromSet'], usual.direction),
        ignore: readExclusions(given, 'ignore'),
        cut: readExclusions(given, 'cut'),
      };
    },
  },
  classes: {
    write: view => ({
      by: view.key,
      ...writeGroupOrder(view),
      filter: view.filter,
      overhead: String(view.overhead),
    }),
    read: (given, usual) => {
      const key = readKey(given, usual.key);
      return {
        ...usual,
        key,
        ...readGroupOrder(given, key),
        filter: given.text('filter'),
        overhead: given.isOn('overhead'),
      };
    },
  },
  sites: {
    write: view => ({ sort: view.sort, order: writeOrder(view) }),
    read: (given, usual) => ({
      ...usual,
      sort: given.choice('sort', SITE_SORTS, usual.sort),
      descending: readDescending(given),
    }),
  },
  strings: {
    write: view => ({ show: view.show, sort: view.sort, order: writeOrder(view) }),
    read: (given, usual) => ({
      ...usual,
      show: given.choice('show', STRINGS_SHOWN, usual.show),
      sort: given.choice('sort', DUPLICATE_SORTS, usual.sort),
      descending: readDescending(given),
    }),
  },
  objects: {
    write: view => ({
      sort: view.sort,
      order: writeOrder(view),
      columns: view.columns.join(','),
      overhead: String(view.overhead),
    }),
    read: (given, usual) => ({
      ...usual,
      sort: given.choice('sort', OBJECT_SORTS, usual.sort),
      descending: readDescending(given),
      columns: given.choices('columns', SHOWN_COLUMNS) ?? usual.columns,
      overhead: given.isOn('overhead'),
    }),
  },
  compare: {
    write: ({ key, measure, repetitions }) => ({ by: key, measure, repetitions: String(repetitions ?? '') }),
    read: (given, usual) => ({
      ...usual,
      key: readKey(given, usual.key),
      measure: given.choice('measure', MEASURES, usual.measure),
      repetitions: given.count('repetitions'),
    }),
  },
};

/** Maximum number of thresholds in a link. */
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
  return writePath(exclusions.map(exclusionText));
}

/** The exclusions in a link; invalid ones are ignored. */
function readExclusions(given: LinkParameters, name: string): Exclusion[] {
  return given.path(name, MAX_EXCLUSIONS).flatMap(text => {
    const exclusion = text === null ? null : parseExclusion(text);
    return exclusion === null ? [] : [exclusion];
  });
}

/** Older links use `key`. */
function readKey(given: LinkParameters, usual: GroupingKey): GroupingKey {
  return given.choice('by', GROUPING_KEYS, given.choice('key', GROUPING_KEYS, usual));
}

type GroupOrder = ReturnType<typeof usualGroupOrder>;

/** Empty if the order is the default for the key; other columns are sorted in descending order by default. */
function writeGroupOrder({ key, sort, descending }: GroupOrder & { key: GroupingKey }): {
  sort: string;
  order: string;
} {
  const usual = usualGroupOrder(key);
  const isUsual = sort === usual.sort;
  const isUsuallyDown = !isUsual || usual.descending;
  return {
    sort: isUsual ? '' : sort,
    order: descending === isUsuallyDown ? '' : writeOrder({ descending }),
  };
}

function readGroupOrder(given: LinkParameters, key: GroupingKey): GroupOrder {
  const usual = usualGroupOrder(key);
  const sort = given.choice('sort', GROUP_SORTS, usual.sort);
  const isUsuallyDown = sort !== usual.sort || usual.descending;
  return { sort, descending: given.text('order') === '' ? isUsuallyDown : readDescending(given) };
}
