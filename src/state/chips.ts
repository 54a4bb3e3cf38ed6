import type { Filter } from '../../workers/protocol/filter/filter.ts';
import { printFilter } from '../../workers/protocol/filter/print-filter.ts';
import { declarationOf } from '../../workers/protocol/filter/terms.ts';
import { isPlaceKey, type ObjectSetSpec, objectSetKey } from '../../workers/protocol/object-set.ts';
import { GROUPING_KEY_NAMES } from './grouping-names.ts';
import {
  filterOf,
  namesAddress,
  OPEN_END,
  onlyTermOf,
  type ShortenPath,
  setOfFilter,
  withPaths,
} from './set-text.ts';

/** A set that narrows the views, shown and removable. The intersection of all chips is the current set. */
export interface Chip {
  spec: ObjectSetSpec;
  /** The text of its filter, or its given name. */
  label: string;
}

/** Identifies a chip: chips with equal sets are the same chip. */
export function chipKey(chip: Chip): string {
  return objectSetKey(chip.spec);
}

/** The intersection of the chips. */
export function setOfChips(chips: readonly Chip[]): ObjectSetSpec {
  const [first, ...rest] = chips;
  if (first === undefined) return { kind: 'all' };
  return rest.length === 0 ? first.spec : { kind: 'and', sets: chips.map(chip => chip.spec) };
}

/** A chip for a set: as a filter and labelled with its text, if the language can express it. */
export function chipFor(spec: ObjectSetSpec, name = ''): Chip {
  const filter = filterOf(spec);
  const said = filter === null ? spec : setOfFilter(filter);
  return { spec: said, label: name === '' ? describeSet(said) : name };
}

/** A chip for a filter. */
export function chipOfFilter(filter: Filter): Chip {
  return chipFor(setOfFilter(filter));
}

/** The text of the chip's filter; null if the language cannot express its set. */
export function chipText(chip: Chip): string | null {
  const filter = filterOf(chip.spec);
  return filter === null ? null : printFilter(filter);
}

/** The label of a chip without a name: the text of its filter with short paths, or its set in words. */
export function shortChipText(chip: Chip, shorten: ShortenPath): string {
  const filter = filterOf(chip.spec);
  return filter === null ? chip.label : printFilter(withPaths(filter, shorten));
}

/** The intersection of the chips as one filter; null if the language cannot express one of them. */
export function textOfChips(chips: readonly Chip[]): string | null {
  return chipText({ spec: setOfChips(chips), label: '' });
}

/** The name that the user gave a chip, or null. */
export function nameOfChip(chip: Chip): string | null {
  return chip.label === describeSet(chip.spec) ? null : chip.label;
}

/** A set in words, short enough for a chip. `objectName` names the object of a `dominatedBy` set. */
export function describeSet(spec: ObjectSetSpec, objectName?: string): string {
  switch (spec.kind) {
    case 'all':
      return 'everything';
    case 'group':
      if (spec.label === null) {
        const isUntraced = isPlaceKey(spec.key) || spec.key === 'generation' || spec.key === 'age';
        return isUntraced ? 'untraced' : `no ${keyName(spec.key)}`;
      }
      return `${keyName(spec.key)} ${spec.label}`;
    case 'generations':
      if (spec.from === spec.to) return `generation ${spec.from}`;
      return spec.to >= OPEN_END
        ? `generations ${spec.from} and later`
        : `generations ${spec.from}\u2013${spec.to}`;
    case 'untraced':
      return 'untraced';
    case 'dominatedBy':
      return `retained by ${objectName ?? `object #${spec.object}`}`;
    case 'branch':
      return `in ${stepName(spec.path.at(-1) ?? '')}`;
    case 'reachability':
      return spec.reachable ? 'reachable' : 'unreachable';
    case 'text':
      return `\u201c${spec.text}\u201d`;
    case 'filter':
      return spec.text;
    case 'and':
      return spec.sets.map(set => describeSet(set, objectName)).join(' and ');
    case 'not':
      return `not ${describeSet(spec.set, objectName)}`;
  }
}

/** A step of a branch path without its prefix: `AuditTrail` for `class:AuditTrail`. */
export function stepName(step: string): string {
  return step.startsWith('root:') ? step.replace(':', ' ') : step.replace(/^(class|namespace|objects):/, '');
}

function keyName(key: keyof typeof GROUPING_KEY_NAMES): string {
  return GROUPING_KEY_NAMES[key].name;
}

/** The complement of a chip; the complement of a complement is the original. */
export function invertChip(chip: Chip): Chip {
  const name = nameOfChip(chip);
  const named = name === null ? '' : name.startsWith('not ') ? name.slice('not '.length) : `not ${name}`;
  if (chip.spec.kind === 'not') return chipFor(chip.spec.set, named);
  return chipFor({ kind: 'not', set: chip.spec }, named);
}

/**
 * The chips with one added. A chip for another group of the same key, another range of generations or another dominator
 * replaces the existing one: their intersection would be empty or redundant.
 */
export function addChip(chips: readonly Chip[], added: Chip): Chip[] {
  const slot = slotOf(added.spec);
  const replaced = slot === null ? -1 : chips.findIndex(chip => slotOf(chip.spec) === slot);
  return replaced < 0 ? intersectChips(chips, added) : replaceChip(chips, chipKey(chips[replaced]!), added);
}

/** The chips with one added that replaces no other: typed filters are taken literally. */
export function intersectChips(chips: readonly Chip[], added: Chip): Chip[] {
  const key = chipKey(added);
  return chips.some(chip => chipKey(chip) === key) ? [...chips] : [...chips, added];
}

/** The chips with the one of a key replaced by another. */
export function replaceChip(chips: readonly Chip[], key: string, by: Chip): Chip[] {
  const others = chips.filter(chip => chipKey(chip) === key || chipKey(chip) !== chipKey(by));
  return others.map(chip => (chipKey(chip) === key ? by : chip));
}

/** Chips of one slot exclude or repeat each other; null = no restriction. */
function slotOf(spec: ObjectSetSpec): string | null {
  if (spec.kind === 'group') return `group:${spec.key}`;
  if (spec.kind === 'dominatedBy' || spec.kind === 'branch') return 'dominator';
  const only = onlyTermOf(spec);
  if (only === null) return null;
  if (only.name === 'in') return 'dominator';
  if (only.name === 'is') return ['reachable', 'unreachable'].includes(only.value) ? 'reachability' : null;
  const { group } = declarationOf(only.name);
  return group === undefined ? null : `group:${group}`;
}

/** Whether the set names objects by index or address, so that it is meaningless in another dump. */
export function isOfOneSnapshot(spec: ObjectSetSpec): boolean {
  switch (spec.kind) {
    case 'dominatedBy':
      return true;
    case 'and':
      return spec.sets.some(isOfOneSnapshot);
    case 'not':
      return isOfOneSnapshot(spec.set);
    case 'filter': {
      const filter = filterOf(spec);
      return filter !== null && namesAddress(filter);
    }
    default:
      return false;
  }
}
