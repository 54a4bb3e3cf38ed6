import { oversizedSlots } from '../../analysis/findings/oversized-slots.ts';
import { smallCollections } from '../../analysis/findings/small-collections.ts';
import { spareCapacity } from '../../analysis/findings/spare-capacity.ts';
import { sparseCollections } from '../../analysis/findings/sparse-collections.ts';
import type { OracleObject } from '../oracle-ruby-dump.ts';
import { groupsOf } from '../oracle-tree.ts';
import { type Twin, type Twins, wasteTwin } from './twin-findings.ts';

/** The lowest value of the threshold, which finds the most. */
const TIMES = 2;
const isCollection = ({ type }: OracleObject) => type === 'ARRAY' || type === 'HASH';
const isText = ({ type }: OracleObject) => type === 'STRING' || type === 'SYMBOL';
/** In fixtures from WebAssembly, words are four bytes; their slot sizes show it. */
const wordOf = (objects: readonly OracleObject[]) =>
  objects.some(({ fields }) => fields.slot_size === 20 || fields.slot_size === 24) ? 4 : 8;

const small: Twin = ({ objects }) =>
  [0, 1].flatMap(length => {
    const all = objects.filter(object => isCollection(object) && object.length === length);
    const wasted = all.map(object => ({ object, bytes: object.shallowBytes }));
    return wasteTwin(`small-collections ${length}`, wasted, { length });
  });

/** Unused memory outside of the slot: an element of a list uses one word, an entry of a map three. */
const sparse: Twin = ({ objects }) => {
  const word = wordOf(objects);
  const wasted = objects
    .filter(object => isCollection(object) && (object.length ?? 0) >= 2 && object.fields.shared !== true)
    .map(object => ({
      object,
      room: object.shallowBytes - (object.fields.slot_size ?? 5 * word),
      used: object.length! * (object.type === 'HASH' ? 3 : 1) * word,
    }))
    .filter(({ room, used }) => room >= TIMES * used)
    .map(({ object, room, used }) => ({ object, bytes: room - used }));
  return wasteTwin('sparse-collections', wasted, { times: TIMES });
};

/** The difference between each object and the smallest one of its type that holds at least as much. */
const spare: Twin = ({ objects }) => {
  const word = wordOf(objects);
  const compared = objects.filter(
    object =>
      (isCollection(object) || isText(object)) &&
      object.length !== null &&
      object.length <= 65_536 &&
      object.fields.shared !== true,
  );
  const ofType = groupsOf(compared, ({ type }) => type);
  const wasted = [...ofType.values()].flatMap(all => {
    const isHeld = (object: OracleObject) =>
      object.shallowBytes >= object.length! * (isText(object) ? 1 : word);
    const smallest = [...groupsOf(all.filter(isHeld), ({ length }) => length!)].map(
      ([length, some]) => [length, Math.min(...some.map(({ shallowBytes }) => shallowBytes))] as const,
    );
    return all.flatMap(object => {
      const holding = smallest.flatMap(([length, bytes]) => (length >= object.length! ? bytes : []));
      const bytes = object.shallowBytes - Math.min(...holding);
      return bytes > 0 && object.shallowBytes >= object.length! ? [{ object, bytes }] : [];
    });
  });
  return wasteTwin('spare-capacity', wasted);
};

/** The size that an embedded text or list needs by the layout in Ruby's source, and the slot sizes of the heap. */
const oversized: Twin = ({ objects }) => {
  const word = wordOf(objects);
  const sizes = [...new Set(objects.flatMap(({ fields }) => fields.slot_size ?? []))].sort((a, b) => a - b);
  if (sizes.length < 2) return [];
  const wasted = objects
    .filter(({ type, length }) => (type === 'STRING' || type === 'ARRAY') && length !== null)
    .flatMap(object => {
      const { type, length, fields } = object;
      const embedded = type === 'STRING' ? 3 * word + length! + 1 : (2 + length!) * word;
      const needed = fields.embedded === true ? embedded : 5 * word;
      const slot = fields.slot_size ?? 5 * word;
      const bytes = slot - (sizes.find(size => size >= needed) ?? slot);
      return bytes > 0 ? [{ object, bytes }] : [];
    });
  return wasteTwin('oversized-slots', wasted);
};

/** Kinds of findings about unused memory of texts, lists and maps, with their twins. */
export const COLLECTION_TWINS: Twins = [
  [smallCollections, small],
  [sparseCollections, sparse],
  [spareCapacity, spare],
  [oversizedSlots, oversized],
];
