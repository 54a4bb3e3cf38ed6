import { isGroupingKey, type ObjectSetSpec } from '../../workers/protocol/object-set.ts';
import { type Chip, chipFor, describeSet } from './chips.ts';

/** Maximum nesting of sets in a link; sets made by the page are much shallower. */
const MAX_DEPTH = 6;

/** Maximum length of a name in a link. */
export const MAX_NAME = 300;

/** Reads a chip of a link: `[set, label]`. Null if this version does not understand it. */
export function parseChip(text: string): Chip | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Ignore damaged chips, and use the rest of the link.
    return null;
  }
  if (!Array.isArray(value) || typeof value[1] !== 'string') return null;
  const spec = parseSet(value[0], MAX_DEPTH);
  if (spec === null) return null;
  const label = value[1].slice(0, MAX_NAME);
  // Older links have a label for every set; only a label that differs from the description is a name.
  const described = spec.kind !== 'dominatedBy' && label === describeSet(spec);
  return chipFor(spec, described ? '' : label);
}

/** The text in a link for a chip that the filter language cannot express. */
export function writeChip(chip: Chip): string {
  return JSON.stringify([chip.spec, chip.label]);
}

function parseSet(value: unknown, depth: number): ObjectSetSpec | null {
  if (typeof value !== 'object' || value === null || depth === 0) return null;
  const fields = value as Record<string, unknown>;
  switch (fields.kind) {
    case 'all':
    case 'untraced':
      return { kind: fields.kind };
    case 'group':
      return isGroupingKey(fields.key) && (fields.label === null || typeof fields.label === 'string')
        ? { kind: 'group', key: fields.key, label: fields.label }
        : null;
    case 'generations':
      return isIndex(fields.from) && isIndex(fields.to)
        ? { kind: 'generations', from: fields.from, to: fields.to }
        : null;
    case 'dominatedBy':
      return isIndex(fields.object) ? { kind: 'dominatedBy', object: fields.object } : null;
    case 'branch':
      return isPath(fields.path) ? { kind: 'branch', path: fields.path } : null;
    case 'reachability':
      return typeof fields.reachable === 'boolean'
        ? { kind: 'reachability', reachable: fields.reachable }
        : null;
    case 'text':
    case 'filter':
      return typeof fields.text === 'string' ? { kind: fields.kind, text: fields.text } : null;
    case 'and': {
      if (!Array.isArray(fields.sets)) return null;
      const sets = fields.sets.map(set => parseSet(set, depth - 1));
      return sets.every(set => set !== null) ? { kind: 'and', sets } : null;
    }
    case 'not': {
      const set = parseSet(fields.set, depth - 1);
      return set === null ? null : { kind: 'not', set };
    }
    default:
      return null;
  }
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Whether a value in a link is a branch path. */
export function isPath(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(step => typeof step === 'string');
}
