import { growingContainer } from '../../analysis/findings/growing-container.ts';
import { growingStructure } from '../../analysis/findings/growing-structure.ts';
import { growingUntraced } from '../../analysis/findings/growing-untraced.ts';
import type { OracleObject } from '../oracle-ruby-dump.ts';
import { groupsOf, isClassLike, isCode, isTraced, type OracleTree } from '../oracle-tree.ts';
import { isOfInstances, isRuntimes, ownerOf } from './owner.ts';
import type { Twin, TwinFinding, Twins } from './twin-findings.ts';

/** The history of objects (numbers.md#effective-generations), by retained or by shallow size. */
export interface OracleHistory {
  bytes: number;
  byGeneration: Map<number, number>;
  effective: number;
  recent: number;
}

/** The middle of the range of generations. Later generations are the newer half. */
export function middleGeneration({ objects }: OracleTree): number {
  const generations = objects.flatMap(({ generation }) => generation ?? []);
  return generations.length === 0 ? 0 : (Math.min(...generations) + Math.max(...generations)) / 2;
}

/** The history of the objects that have a generation. */
export function historyOf(
  tree: OracleTree,
  objects: readonly OracleObject[],
  bytesOf: (object: OracleObject) => number,
): OracleHistory {
  const sum = (some: readonly OracleObject[]) => some.reduce((total, object) => total + bytesOf(object), 0);
  const byGeneration = new Map(
    [...groupsOf(objects, ({ generation }) => generation)]
      .map(([generation, some]) => [generation, sum(some)] as const)
      .filter(([, bytes]) => bytes > 0),
  );
  const dated = objects.filter(({ generation }) => generation !== null);
  const bytes = sum(dated);
  if (bytes === 0) return { bytes, byGeneration, effective: 0, recent: 0 };
  const middle = middleGeneration(tree);
  const shares = [...byGeneration.values()].map(part => part / bytes);
  return {
    bytes,
    byGeneration,
    effective: 2 ** -shares.reduce((total, share) => total + share * Math.log2(share), 0),
    recent: sum(dated.filter(({ generation }) => generation! > middle)) / bytes,
  };
}

/** The objects that an object immediately dominates, without code. */
export interface OracleContainer extends OracleHistory {
  holder: OracleObject;
  children: OracleObject[];
}

/** A container with its history. */
export function containerOf(tree: OracleTree, holder: OracleObject): OracleContainer {
  const children = tree.children(holder).filter(child => !isCode(child));
  return { holder, children, ...historyOf(tree, children, ({ retainedBytes }) => retainedBytes) };
}

/** The figures of one container. */
export function figuresOf(tree: OracleTree, { children, effective, recent }: OracleContainer) {
  const dated = children.filter(({ generation }) => generation !== null);
  const middle = middleGeneration(tree);
  const commonest = Math.max(
    0,
    ...[...groupsOf(children, ({ label }) => label).values()].map(all => all.length),
  );
  return {
    effectiveGenerations: effective,
    recent,
    recentObjects:
      dated.length === 0 ? 0 : dated.filter(({ generation }) => generation! > middle).length / dated.length,
    alike: children.length === 0 ? 0 : commonest / children.length,
    elements: children.length,
  };
}

/**
 * Containers with at least ten traced elements and two effective generations. Those that belong to one class are one
 * finding.
 */
const growing: Twin = tree => {
  const topLevel = tree.objects.find(({ type, fields }) => type === 'CLASS' && fields.name === 'Object');
  const found = tree.objects
    .filter(holder => {
      const dated = tree.children(holder).filter(child => child.generation !== null && !isCode(child));
      return holder.reachable && dated.length >= 10;
    })
    .map(holder => containerOf(tree, holder))
    .filter(({ effective }) => effective >= 2)
    .filter(({ holder }) => holder !== topLevel && !isRuntimes(tree, holder));
  const isFound = (object: OracleObject) => found.some(({ holder }) => holder === object);
  const outermost = (object: OracleObject) => tree.above(object).findLast(isFound) ?? object;
  const groups = groupsOf(found, ({ holder }) => {
    const owner = ownerOf(tree, outermost(holder));
    const isNamed = owner !== null && isClassLike(owner) && owner.fields.name !== 'Object';
    return isNamed ? `of ${owner.address}` : `at ${outermost(holder).address}`;
  });
  return [...groups.values()].map((containers): TwinFinding => {
    const first = containers.reduce((best, next) => (next.bytes > best.bytes ? next : best));
    return {
      id: `growing-container ${first.holder.address}`,
      objects: containers.reduce((sum, { children }) => sum + children.length, 0),
      bytes: tree.retained(containers.map(({ holder }) => holder)).bytes,
      figures: { ...figuresOf(tree, first), containers: containers.length },
      byGeneration: first.byGeneration,
      shown: containers.map(({ holder }) => holder.address),
    };
  });
};

/** Containers of an untraced dump that have old elements and at most as many young ones. */
const untraced: Twin = tree => {
  if (tree.objects.some(isTraced)) return [];
  const topLevel = tree.objects.find(({ type, fields }) => type === 'CLASS' && fields.name === 'Object');
  return tree.objects.flatMap((holder): TwinFinding[] => {
    const children = tree.children(holder).filter(child => !isCode(child));
    const old = children.filter(({ fields }) => fields.flags?.old === true).length;
    const young = children.length - old;
    const share = young / children.length;
    const bytes = holder.retainedBytes;
    const isLarge = children.length >= 20 && bytes >= Math.max(2 ** 16, 0.001 * tree.heapBytes);
    if (!isLarge || share < 0.01 || share > 0.5) return [];
    if (holder === topLevel || isRuntimes(tree, holder)) return [];
    return [
      {
        id: `growing-untraced ${holder.address}`,
        objects: children.length,
        bytes,
        figures: { young, old },
        shown: [holder.address],
      },
    ];
  });
};

/**
 * Traced objects by their class and the class of their immediate dominator, if neither class is a general one.
 */
const structures: Twin = tree => {
  if (!tree.objects.some(isTraced)) return [];
  const members = tree.objects.filter(object => {
    const holder = tree.holderOf(object);
    const isMember = object.generation !== null && !isCode(object) && isOfInstances(object);
    return isMember && holder !== null && isOfInstances(holder);
  });
  const pairs = groupsOf(members, object => `${tree.holderOf(object)!.label} ${object.label}`);
  return [...pairs].flatMap(([pair, all]): TwinFinding[] => {
    const holders = new Set(all.map(({ dominator }) => dominator)).size;
    const { bytes, effective, recent, byGeneration } = historyOf(tree, all, object => object.retainedBytes);
    if (all.length < 10 || holders < 10 || effective < 2) return [];
    const figures = { effectiveGenerations: effective, recent, holders, members: all.length };
    return [{ id: `growing-structure ${pair}`, objects: all.length, bytes, figures, byGeneration }];
  });
};

/** Kinds of findings about growth in a single dump, with their twins. */
export const GROWTH_TWINS: Twins = [
  [growingContainer, growing, 20],
  [growingUntraced, untraced, 5],
  [growingStructure, structures, 10],
];
