import { type GroupingKey, isGroupingKey, type ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import { GROUPING_KEY_NAMES } from '../../state/grouping-names.ts';
import { type TreemapSource, WHOLE_TREEMAP } from '../../state/navigation.ts';
import type { KeptGrouping } from '../../state/preferences.ts';
import { isPathKey, shortGroupText } from '../shared/FilePath.tsx';

/** Lists of keys that the treemap offers in addition to the dominator tree. */
const KEY_LISTS: readonly GroupingKey[][] = [
  ['class', 'site'],
  ['gem', 'class'],
  ['gem', 'file', 'class'],
  ['type', 'class'],
  ['file', 'method', 'class'],
  ['generation', 'class'],
];

/** A way to divide the heap; `id` is its value in the switch. */
export interface Division {
  id: string;
  name: string;
  source: TreemapSource;
}

/** Ways to divide a treemap. */
export const DIVISIONS: readonly Division[] = [
  { id: 'merged', name: 'dominator tree by class', source: WHOLE_TREEMAP },
  { id: 'holders', name: 'class › what holds it', source: { by: 'holders', path: [] } },
  {
    id: 'dominators',
    name: 'dominator tree, object by object',
    source: { by: 'dominators', root: { kind: 'all' } },
  },
  ...KEY_LISTS.map(keys => {
    const source: TreemapSource = { by: 'groups', keys, path: [] };
    return { id: divisionId(source), name: namesOf(keys), source };
  }),
];

/** The id of a source's division; a link may contain a list of keys that the switch does not offer. */
export function divisionId(source: TreemapSource): string {
  return source.by === 'groups' ? source.keys.join() : source.by;
}

/**
 * The options of the switch: divisions by keys that the format supports, those that the user named, and the current
 * one.
 */
export function divisionOptions(
  shown: TreemapSource,
  known: readonly GroupingKey[],
  kept: readonly KeptGrouping[],
): { value: string; name: string }[] {
  const named = new Map(kept.map(({ name, keys }) => [keys.join(), `${name} (${namesOf(keys)})`]));
  const usual = DIVISIONS.filter(({ id, source }) => {
    const isKnown = source.by !== 'groups' || source.keys.every(key => known.includes(key));
    return isKnown && !named.has(id);
  }).map(({ id, name }) => ({ value: id, name }));
  const options = [...usual, ...Array.from(named, ([value, name]) => ({ value, name }))];
  const id = divisionId(shown);
  if (shown.by !== 'groups' || options.some(option => option.value === id)) return options;
  return [...options, { value: id, name: namesOf(shown.keys) }];
}

/** The source for the id of a division: a predefined one, or the keys of one that the user named. */
export function divisionOf(id: string): TreemapSource {
  const usual = DIVISIONS.find(one => one.id === id);
  return usual?.source ?? { by: 'groups', keys: id.split(',').filter(isGroupingKey), path: [] };
}

/** `class › allocation site`. */
export function namesOf(keys: readonly GroupingKey[]): string {
  return keys.map(key => GROUPING_KEY_NAMES[key].name).join(' › ');
}

/** The current set, narrowed to the groups that were drilled into. */
export function setBelow(source: TreemapSource, set: ObjectSetSpec): ObjectSetSpec {
  if (source.by !== 'groups' || source.path.length === 0) return set;
  const groups = source.path.map((label, level): ObjectSetSpec => {
    return { kind: 'group', key: source.keys[level]!, label };
  });
  const sets = set.kind === 'all' ? groups : [set, ...groups];
  return sets.length === 1 ? sets[0]! : { kind: 'and', sets };
}

/**
 * The source that shows the inside of a tile, or null if there is nothing inside. Tiles of any level can be entered;
 * `path` are the tiles from the root to this one.
 */
export function sourceOfTile(source: TreemapSource, path: readonly TreeNode[]): TreemapSource | null {
  const node = path.at(-1);
  if (!node) return null;
  if (node.kind === 'remainder') {
    // A rest contains the children of its parent that are not drawn.
    const outer = path.length === 2 ? source : sourceOfTile(source, path.slice(0, -1));
    return outer === null ? null : { ...outer, skip: node.skip };
  }
  if (source.by === 'merged' || source.by === 'holders') {
    const steps = path.slice(1).map(tile => tile.step);
    const isBranch = steps.every(step => step !== null);
    const { skip: _, ...whole } = source;
    return isBranch ? { ...whole, path: [...source.path, ...steps] } : null;
  }
  if (source.by === 'dominators') {
    if (node.kind === 'object' && node.object !== null) {
      return { by: 'dominators', root: { kind: 'object', object: node.object } };
    }
    if (node.kind === 'root') return { by: 'dominators', root: { kind: 'root', name: node.label } };
    return node.kind === 'unreachable' ? { by: 'dominators', root: { kind: 'unreachable' } } : null;
  }
  const labels = path.slice(1).map((group, level) => {
    return groupLabel(group, source.keys[source.path.length + level]!);
  });
  const into = [...source.path, ...labels];
  // Groups of the last key cannot be entered.
  if (node.kind !== 'group' || into.length >= source.keys.length) return null;
  const { skip: _, ...whole } = source;
  return { ...whole, path: into };
}

/** The position, among the nodes of the enclosing `shown`, of the tile whose inside `source` shows, or -1. */
export function positionOf(source: TreemapSource, shown: TreemapSource, nodes: readonly TreeNode[]): number {
  if (source.skip || shown.skip) return -1;
  if (source.by === 'merged' || source.by === 'holders') {
    if (shown.by !== source.by || overheadOf(shown) !== overheadOf(source)) return -1;
    if (shown.path.some((step, level) => step !== source.path[level])) return -1;
    let at = 0;
    for (const step of source.path.slice(shown.path.length)) {
      const above = at;
      at = nodes.findIndex(node => node.parent === above && node.step === step);
      if (at < 0) return -1;
    }
    return at;
  }
  if (source.by === 'dominators') {
    const { root } = source;
    if (shown.by !== 'dominators') return -1;
    return nodes.findIndex(node => {
      if (root.kind === 'object') return node.object === root.object && node.kind === 'object';
      return node.kind === root.kind && (root.kind !== 'root' || node.label === root.name);
    });
  }
  if (shown.by !== 'groups' || shown.keys.join() !== source.keys.join()) return -1;
  if (shown.path.some((label, level) => label !== source.path[level])) return -1;
  let position = 0;
  for (let level = shown.path.length; level < source.path.length; level++) {
    const key = source.keys[level]!;
    const label = source.path[level]!;
    position = nodes.findIndex(
      node => node.parent === position && node.kind === 'group' && groupLabel(node, key) === label,
    );
    if (position < 0) return -1;
  }
  return position;
}

/** Whether the allocation tracer is included. */
function overheadOf(source: TreemapSource): boolean {
  return 'overhead' in source && source.overhead === true;
}

/**
 * Shortens the names of directories, files and sites to their path within the application, the gem or Ruby. `root`: the
 * application's directory.
 */
export function withPlaces(nodes: TreeNode[], root: string): TreeNode[] {
  return nodes.map(node => {
    const spec = node.set?.kind === 'and' ? node.set.sets.at(-1) : node.set;
    const isPath = spec?.kind === 'group' && spec.label !== null && isPathKey(spec.key);
    return isPath ? { ...node, label: shortGroupText(spec.key, spec.label, root) } : node;
  });
}

/** A group's label as in sets: null for the group of objects without a value. */
function groupLabel(node: TreeNode, key: GroupingKey): string | null {
  const specs = node.set?.kind === 'and' ? node.set.sets : [node.set];
  for (const spec of specs) {
    if (spec?.kind === 'group' && spec.key === key) return spec.label;
    if (spec?.kind === 'untraced' && key === 'generation') return null;
  }
  return node.label;
}
