import { type ObjectSetSpec, objectSetKey } from '../../workers/protocol/object-set.ts';
import { GROUPING_KEY_NAMES } from './navigation.ts';

/** A narrowing that is shown and can be removed. All chips together are the current set. */
export interface Chip {
  spec: ObjectSetSpec;
  label: string;
}

/** The identity of a chip: equal sets are one chip. */
export function chipKey(chip: Chip): string {
  return objectSetKey(chip.spec);
}

/** The set that the chips stand for together. */
export function setOfChips(chips: readonly Chip[]): ObjectSetSpec {
  const [first, ...rest] = chips;
  if (first === undefined) return { kind: 'all' };
  return rest.length === 0 ? first.spec : { kind: 'and', sets: chips.map(chip => chip.spec) };
}

/** A chip for a set, named after it. `objectName` names the object of a `dominatedBy` set. */
export function chipFor(spec: ObjectSetSpec, objectName?: string): Chip {
  return { spec, label: describeSet(spec, objectName) };
}

/** A set in words, short enough for a chip. */
export function describeSet(spec: ObjectSetSpec, objectName?: string): string {
  switch (spec.kind) {
    case 'all':
      return 'everything';
    case 'group':
      if (spec.label === null) return spec.key === 'generation' ? 'untraced' : `no ${keyName(spec.key)}`;
      return `${keyName(spec.key)} ${spec.label}`;
    case 'generations':
      if (spec.from === spec.to) return `generation ${spec.from}`;
      return spec.to >= OPEN_END
        ? `generations ${spec.from} and later`
        : `generations ${spec.from}\u2013${spec.to}`;
    case 'untraced':
      return 'untraced';
    case 'dominatedBy':
      return `kept by ${objectName ?? `object #${spec.object}`}`;
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

/** A step of a branch path without what it is a step of: `AuditTrail` for `class:AuditTrail`. */
export function stepName(step: string): string {
  return step.startsWith('root:') ? step.replace(':', ' ') : step.replace(/^(class|namespace|objects):/, '');
}

/** The largest generation that a set can name: what is open towards the end ends here. */
export const OPEN_END = 0xffffffff;

function keyName(key: keyof typeof GROUPING_KEY_NAMES): string {
  return GROUPING_KEY_NAMES[key].name;
}

/** The complement of a chip; of a complement, what it was. */
export function invertChip(chip: Chip): Chip {
  if (chip.spec.kind === 'not') return { spec: chip.spec.set, label: chip.label.replace(/^not /, '') };
  return { spec: { kind: 'not', set: chip.spec }, label: `not ${chip.label}` };
}

/**
 * The chips with one more. A chip for another group of the same key, another range of generations or another
 * dominator takes the place of the one before: both together would be empty or say the same twice.
 */
export function addChip(chips: readonly Chip[], added: Chip): Chip[] {
  const key = chipKey(added);
  if (chips.some(chip => chipKey(chip) === key)) return [...chips];
  const slot = slotOf(added.spec);
  const replaced = slot === null ? -1 : chips.findIndex(chip => slotOf(chip.spec) === slot);
  return replaced < 0 ? [...chips, added] : chips.map((chip, at) => (at === replaced ? added : chip));
}

/** Chips of one slot exclude or repeat each other; null = any number can stand together. */
function slotOf(spec: ObjectSetSpec): string | null {
  switch (spec.kind) {
    case 'group':
      return spec.key === 'generation' ? 'generation' : `group:${spec.key}`;
    case 'generations':
    case 'untraced':
      return 'generation';
    case 'dominatedBy':
    case 'branch':
      return 'dominator';
    case 'reachability':
      return spec.kind;
    default:
      return null;
  }
}

/** Whether the set names objects by index, so that it means nothing in another dump. */
export function isOfOneSnapshot(spec: ObjectSetSpec): boolean {
  switch (spec.kind) {
    case 'dominatedBy':
      return true;
    case 'and':
      return spec.sets.some(isOfOneSnapshot);
    case 'not':
      return isOfOneSnapshot(spec.set);
    default:
      return false;
  }
}
