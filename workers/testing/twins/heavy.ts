import type { FindingKind } from '../../analysis/findings/finding-kind.ts';
import { HEAVY_THRESHOLDS } from '../../analysis/findings/heavy.ts';
import { largeStatic } from '../../analysis/findings/large-static.ts';
import { suspect } from '../../analysis/findings/suspect.ts';
import { suspectGroup } from '../../analysis/findings/suspect-group.ts';
import type { OracleObject } from '../oracle-ruby-dump.ts';
import { amountOf, groupsOf, isClassLike, isCode, isTracer, type OracleTree } from '../oracle-tree.ts';
import { historyOf } from './growth.ts';
import { isRuntimes } from './owner.ts';
import type { Twin, TwinFinding, Twins } from './twin-findings.ts';

/** Objects that retain this share of the heap are heavy, and a group has at least two members. */
const SHARE = 0.02;
const FEWEST = 2;
/** The descent continues to a child with this share of its dominator's retained size. A list has this many links. */
const PASSES_ON = 0.7;
const LINKS = 10;

const leastOf = (tree: OracleTree) => Math.max(1, tree.heapBytes * SHARE);
const topLevelOf = ({ objects }: OracleTree) =>
  objects.find(({ type, fields }) => type === 'CLASS' && fields.name === 'Object');
const isTop = (tree: OracleTree, object: OracleObject) => object.reachable && tree.holderOf(object) === null;

function isLink(above: OracleObject, below: OracleObject): boolean {
  const isSame = above.label === below.label && above.type === below.type && !isClassLike(below);
  return isSame && below.retainedBytes >= above.retainedBytes / 2;
}

/** The path from an object down to the one in which its contents accumulate, or to the head of a list. */
function accumulationPath(tree: OracleTree, from: OracleObject): OracleObject[] {
  const way = [from];
  for (let links = 0; links < LINKS; ) {
    const at = way.at(-1)!;
    const next = tree
      .children(at)
      .find(({ retainedBytes }) => retainedBytes >= at.retainedBytes * PASSES_ON && retainedBytes > 0);
    if (next === undefined) return way;
    links = isLink(at, next) ? links + 1 : 0;
    way.push(next);
  }
  return way.slice(0, -LINKS);
}

interface HeavyPart {
  id: string;
  members: OracleObject[];
  /** The retained objects that count: without code, and without objects that are findings of their own. */
  kept: OracleObject[];
  figures: Record<string, number>;
}

/** Objects that retain a lot, each at its accumulation point. */
function heavyObjects(tree: OracleTree): HeavyPart[] {
  const least = leastOf(tree);
  const heavyBelow = (object: OracleObject) =>
    tree.children(object).filter(({ retainedBytes }) => retainedBytes >= least);
  const found: HeavyPart[] = [];
  const waiting = tree.objects.filter(object => isTop(tree, object) && object.retainedBytes >= least);
  while (waiting.length > 0) {
    const way = accumulationPath(tree, waiting.pop()!);
    const object = way.at(-1)!;
    if (isTracer(object)) {
      waiting.push(
        ...way
          .slice(0, -1)
          .flatMap(heavyBelow)
          .filter(each => !way.includes(each)),
      );
      continue;
    }
    const isRactor = object.type === 'DATA' && object.fields.struct === 'ractor';
    const below = isClassLike(object) || isRactor ? heavyBelow(object) : [];
    waiting.push(...below);
    const apart = tree.kept(below);
    const kept = [...tree.kept([object])].filter(
      each => !apart.has(each) && !(isClassLike(object) && isCode(each)),
    );
    const isThread = isRactor || object.fields.struct === 'VM/thread';
    const isLeftOut =
      object === topLevelOf(tree) ||
      isThread ||
      isRuntimes(tree, object) ||
      isCode(object) !== isClassLike(object);
    if (isLeftOut || amountOf(kept).bytes < least) continue;
    found.push({ id: object.address, members: [object], kept, figures: { depth: way.length } });
  }
  return found;
}

/** Groups of objects of one class, at the top or below Object, that retain a lot together, but not each alone. */
function heavyGroups(tree: OracleTree): HeavyPart[] {
  const least = leastOf(tree);
  const topLevel = topLevelOf(tree);
  const candidates = tree.objects.filter(object => {
    const isCandidate = isTop(tree, object) || (topLevel !== undefined && tree.holderOf(object) === topLevel);
    return isCandidate && object.reachable && !isCode(object) && object.retainedBytes < least;
  });
  return [...groupsOf(candidates, ({ label }) => label)].flatMap(([label, members]): HeavyPart[] => {
    const kept = [...tree.kept(members)];
    if (members.length < FEWEST || amountOf(kept).bytes < least) return [];
    const share = commonHolder(tree, members);
    const common: Record<string, number> = share < 0.1 ? {} : { commonHolder: share };
    return [{ id: label, members, kept, figures: { members: members.length, ...common } }];
  });
}

/** Share of the members that have a referrer of the class that refers to most of them. */
function commonHolder({ objects }: OracleTree, members: readonly OracleObject[]): number {
  const labels = members.flatMap(member => {
    const referrers = objects.filter(each => each !== member && each.references.includes(member.address));
    return [...new Set(referrers.map(({ label }) => label))];
  });
  const counts = [...groupsOf(labels, label => label).values()].map(({ length }) => length);
  return Math.max(0, ...counts) / members.length;
}

/** Findings about heavy objects: with `wanted` those that do not grow, otherwise the others. */
function findingsOf(
  tree: OracleTree,
  kind: string,
  parts: readonly HeavyPart[],
  wanted: boolean,
): TwinFinding[] {
  return parts.flatMap((part): TwinFinding[] => {
    const data = part.kept.filter(object => !isCode(object));
    const history = historyOf(tree, data, ({ shallowBytes }) => shallowBytes);
    const all = amountOf(data).bytes;
    const traced = all === 0 ? 0 : history.bytes / all;
    const isStatic = traced >= 0.5 && (history.effective < 5 || history.recent < 0.3);
    if (isStatic !== wanted) return [];
    const amount = amountOf(part.kept);
    const past: Record<string, number> =
      traced === 0 ? {} : { traced, effectiveGenerations: history.effective, recent: history.recent };
    return [
      {
        id: `${kind} ${part.id}`,
        ...amount,
        figures: { share: amount.bytes / tree.heapBytes, ...part.figures, ...past },
        shown: part.members.map(({ address }) => address),
      },
    ];
  });
}

const suspects: Twin = tree => findingsOf(tree, 'suspect', heavyObjects(tree), false);
const groups: Twin = tree => findingsOf(tree, 'suspect-group', heavyGroups(tree), false);
const large: Twin = tree => findingsOf(tree, 'large', [...heavyObjects(tree), ...heavyGroups(tree)], true);

/** A kind with the thresholds that earlier kinds declare for heavy objects, at the lowest values used here. */
function withAll(kind: FindingKind): FindingKind {
  const all = new Set([...kind.thresholds, ...HEAVY_THRESHOLDS, ...suspectGroup.thresholds]);
  const thresholds = [...all].map(each => (each.name.endsWith('.share') ? { ...each, min: SHARE } : each));
  return { ...kind, thresholds };
}

/** Kinds of findings about heavy objects, with their twins. */
export const HEAVY_TWINS: Twins = [
  [withAll(suspect), suspects, 20],
  [withAll(suspectGroup), groups, 10],
  [withAll(largeStatic), large, 10],
];
