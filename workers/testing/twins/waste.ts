import { boxedValues } from '../../analysis/findings/boxed-values.ts';
import { duplicateTexts } from '../../analysis/findings/duplicate-texts.ts';
import { equalCollections } from '../../analysis/findings/equal-collections.ts';
import { equalObjects } from '../../analysis/findings/equal-objects.ts';
import { runtimeSymbols } from '../../analysis/findings/runtime-symbols.ts';
import { smallStructs } from '../../analysis/findings/small-structs.ts';
import { unfrozenLiterals } from '../../analysis/findings/unfrozen-literals.ts';
import { unreachable } from '../../analysis/findings/unreachable.ts';
import type { OracleObject } from '../oracle-ruby-dump.ts';
import { amountOf, groupsOf, isTraced, type OracleTree } from '../oracle-tree.ts';
import { type Twin, type TwinFinding, type Twins, type Wasted, wasteTwin } from './twin-findings.ts';

const whole = (object: OracleObject): Wasted => ({ object, bytes: object.shallowBytes });
const isTime = ({ type, fields }: OracleObject) => type === 'DATA' && fields.struct === 'time';
const isBoxed = (object: OracleObject) =>
  ['FLOAT', 'BIGNUM', 'RATIONAL', 'COMPLEX'].includes(object.type) || isTime(object);

/** The three most common labels, with their numbers of objects. */
function commonest(objects: readonly OracleObject[]): Record<string, number> {
  const counts = [...groupsOf(objects, ({ label }) => label)].map(
    ([label, all]) => [label, all.length] as const,
  );
  return Object.fromEntries(counts.sort(([, a], [, b]) => b - a).slice(0, 3));
}

/** All except the largest object of each group. Which of several largest ones is left out does not affect the sums. */
function allButLargest(
  id: string,
  objects: readonly OracleObject[],
  keyOf: (object: OracleObject) => string | null,
): TwinFinding[] {
  const groups = [...groupsOf(objects, keyOf).values()].filter(group => group.length > 1);
  const amounts = groups.map(group => {
    const { bytes } = amountOf(group);
    return { objects: group.length - 1, bytes: bytes - Math.max(...group.map(each => each.shallowBytes)) };
  });
  const bytes = amounts.reduce((sum, each) => sum + each.bytes, 0);
  const count = amounts.reduce((sum, each) => sum + each.objects, 0);
  return bytes === 0 ? [] : [{ id, objects: count, bytes, figures: { groups: groups.length } }];
}

/** The references of a record to other objects of the dump, in the record's order. */
function named(tree: OracleTree, { references, address }: OracleObject): string[] {
  return references.filter(target => target !== address && tree.at(target) !== null);
}

/** The same, with a separate object that holds variables replaced by those variables. */
function values(tree: OracleTree, object: OracleObject): string[] {
  return named(tree, object).flatMap(address => {
    const target = tree.at(address)!;
    return target.fields.imemo_type === 'fields' ? named(tree, target) : address;
  });
}

/** Lists and maps whose records contain all of their elements, by type, class and elements. */
const sameElements: Twin = tree =>
  allButLargest('equal-collections', tree.objects, object => {
    const { type, label, length } = object;
    if ((type !== 'ARRAY' && type !== 'HASH') || length === null || length === 0) return null;
    const isWhole = named(tree, object).length === (type === 'HASH' ? 2 : 1) * length;
    return isWhole ? JSON.stringify([type, label, values(tree, object)]) : null;
  });

/** Objects and structs by class and variables. */
const sameVariables: Twin = tree =>
  allButLargest('equal-objects', tree.objects, object => {
    if (object.type !== 'OBJECT' && object.type !== 'STRUCT') return null;
    const variables = values(tree, object);
    return variables.length === 0 ? null : JSON.stringify([object.label, variables]);
  });

/** Strings by text and length: in random heaps, the length is not that of the text. */
const sameText: Twin = ({ objects }) =>
  allButLargest('duplicate-strings', objects, ({ type, value, length }) =>
    type !== 'STRING' || value === null ? null : `${length ?? 0} ${value}`,
  );

/** The same for the strings of one line, without those that Ruby shares already. */
const sameLiteral: Twin = ({ objects }) =>
  allButLargest('unfrozen-literals', objects, ({ type, value, length, file, line, fields }) => {
    const counts = type === 'STRING' && value !== null && file !== null && fields.fstring !== true;
    return counts ? `${length ?? 0} ${file}:${line ?? 0} ${value}` : null;
  });

const boxed: Twin = ({ objects }) => {
  const all = objects.filter(isBoxed);
  return wasteTwin('boxed-values', all.map(whole), commonest(all));
};

const madeAtRunTime: Twin = ({ objects }) =>
  wasteTwin('runtime-symbols', objects.filter(each => each.type === 'SYMBOL' && isTraced(each)).map(whole));

const garbage: Twin = ({ objects }) => {
  const amount = amountOf(objects.filter(({ reachable }) => !reachable));
  const figures = { share: amount.bytes / amountOf(objects).bytes };
  return amount.bytes === 0 ? [] : [{ id: 'unreachable', ...amount, figures }];
};

/** Structs with a single member: all hidden frozen lists of their class have one element. */
const ofOneMember: Twin = tree => {
  const isSmall = ({ type, classAddress }: OracleObject) => {
    const classRecord = tree.at(classAddress);
    if (type !== 'STRUCT' || classRecord === null) return false;
    const lists = values(tree, classRecord)
      .map(address => tree.at(address)!)
      .filter(list => list.type === 'ARRAY' && list.fields.class === undefined && list.fields.frozen === true)
      .filter(list => list.length !== null);
    return lists.length > 0 && lists.every(({ length }) => length === 1);
  };
  const all = tree.objects.filter(isSmall);
  return wasteTwin('small-structs', all.map(whole), { classes: groupsOf(all, ({ label }) => label).size });
};

/** Kinds of findings about duplicate, boxed or unreachable objects, with their twins. */
export const WASTE_TWINS: Twins = [
  [boxedValues, boxed],
  [runtimeSymbols, madeAtRunTime],
  [equalCollections, sameElements],
  [equalObjects, sameVariables],
  [duplicateTexts, sameText],
  [unfrozenLiterals, sameLiteral],
  [unreachable, garbage],
  [smallStructs, ofOneMember],
];
