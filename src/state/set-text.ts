import type { AnyTerm, Figure, Filter, Pattern, Span } from '../../workers/protocol/filter/filter.ts';
import { normalAddress, parseFilter } from '../../workers/protocol/filter/parse-filter.ts';
import { printFilter } from '../../workers/protocol/filter/print-filter.ts';
import { declarationOf } from '../../workers/protocol/filter/terms.ts';
import type { GroupingKey, ObjectSetSpec } from '../../workers/protocol/object-set.ts';

/** Converts sets to filters, so that a set made by a click reads like one that was typed. */

/** The largest generation that a set can name: open ranges end here. */
export const OPEN_END = 0xffffffff;

/** A filter that matches the same objects as a set; null if the language cannot express it. O(length of its text). */
export function filterOf(spec: ObjectSetSpec): Filter | null {
  switch (spec.kind) {
    case 'all':
      return { kind: 'everything' };
    case 'filter': {
      const parsed = parseFilter(spec.text);
      return parsed.ok ? parsed.filter : null;
    }
    case 'group':
      return groupFilter(spec.key, spec.label);
    case 'generations':
      return generationFilter(spec.from, spec.to);
    case 'untraced':
      return UNTRACED;
    case 'reachability':
      return term({ name: 'is', value: spec.reachable ? 'reachable' : 'unreachable' });
    case 'text':
      return spec.text.trim() === '' || normalAddress(spec.text) !== null
        ? null
        : { kind: 'words', pattern: { kind: 'text', text: spec.text }, span: NOWHERE };
    case 'and': {
      const parts = spec.sets.map(filterOf).filter(part => part?.kind !== 'everything');
      if (!parts.every(part => part !== null)) return null;
      if (parts.length < 2) return parts[0] ?? { kind: 'everything' };
      return { kind: 'and', parts: parts.flatMap(part => (part.kind === 'and' ? part.parts : [part])) };
    }
    case 'not': {
      const part = filterOf(spec.set);
      if (part === null || part.kind === 'everything') return null;
      return part.kind === 'not' ? part.part : { kind: 'not', part };
    }
    case 'dominatedBy':
    case 'branch':
      return null;
  }
}

/** The objects retained by the object at an address, including itself. */
export function retainedBy(address: string): ObjectSetSpec {
  return setOfFilter(term({ name: 'in', value: { kind: 'address', address, span: NOWHERE } }));
}

/** The objects that the object at an address refers to, or that refer to it. */
export function neighboursOf(address: string, direction: 'references' | 'referrers'): ObjectSetSpec {
  const name = direction === 'references' ? 'heldby' : 'holds';
  return setOfFilter(term({ name, value: { kind: 'address', address, span: NOWHERE } }));
}

/** The strings with the same text as the one at an address. */
export function copiesOf(address: string): ObjectSetSpec {
  return setOfFilter(term({ name: 'copies', value: { kind: 'address', address, span: NOWHERE } }));
}

/** The set that a filter matches. */
export function setOfFilter(filter: Filter): ObjectSetSpec {
  return filter.kind === 'everything' ? { kind: 'all' } : { kind: 'filter', text: printFilter(filter) };
}

/** The term of a set that consists of one, as `class:User` does; null for other sets. */
export function onlyTermOf(spec: ObjectSetSpec): AnyTerm | null {
  const filter = filterOf(spec);
  return filter?.kind === 'term' ? filter : null;
}

/** The generations of a set that consists of them, both ends included; null for other sets. */
export function generationsOf(spec: ObjectSetSpec): { from: number; to: number } | null {
  const only = onlyTermOf(spec);
  if (only?.name !== 'gen' || only.value.kind === 'nothing') return null;
  return rangeOf(only.value);
}

/** Returns the text shown instead of a path. */
export type ShortenPath = (path: string, of: 'directory' | 'file' | 'site') => string;

/** The filter with its paths shortened: for display, not for parsing. */
export function withPaths(filter: Filter, shorten: ShortenPath): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, parts: filter.parts.map(part => withPaths(part, shorten)) };
    case 'not':
      return { ...filter, part: withPaths(filter.part, shorten) };
    case 'term': {
      if (declarationOf(filter.name).takes === 'filter')
        return { ...filter, value: withPaths(filter.value as Filter, shorten) } as AnyTerm;
      const isPath = filter.name === 'directory' || filter.name === 'file' || filter.name === 'site';
      if (!isPath || filter.value.kind !== 'text') return filter;
      return { ...filter, value: { kind: 'text', text: shorten(filter.value.text, filter.name) } };
    }
    default:
      return filter;
  }
}

/** Whether the filter refers to an object by its address. */
export function namesAddress(filter: Filter): boolean {
  switch (filter.kind) {
    case 'address':
      return true;
    case 'and':
    case 'or':
      return filter.parts.some(namesAddress);
    case 'not':
      return namesAddress(filter.part);
    case 'term':
      return declarationOf(filter.name).takes === 'filter' && namesAddress(filter.value as Filter);
    default:
      return false;
  }
}

/** The span of a filter that was not parsed from text. */
const NOWHERE: Span = { from: 0, to: 0 };

type TermWithoutSpan = AnyTerm extends infer Term
  ? Term extends AnyTerm
    ? Pick<Term, 'name' | 'value'>
    : never
  : never;

function term(named: TermWithoutSpan): Filter {
  return { kind: 'term', ...named, span: NOWHERE } as AnyTerm;
}

const UNTRACED = term({ name: 'gen', value: { kind: 'nothing' } });

function groupFilter(key: GroupingKey, label: string | null): Filter | null {
  if (label === '') return null;
  const value: Pattern | { kind: 'nothing' } =
    label === null ? { kind: 'nothing' } : { kind: 'text', text: label };
  switch (key) {
    case 'class':
    case 'type':
      return value.kind === 'nothing' ? null : term({ name: key, value });
    case 'encoding':
    case 'shape':
    case 'origin':
    case 'gem':
    case 'directory':
    case 'file':
    case 'site':
    case 'method':
      return term({ name: key, value });
    case 'generation':
    case 'age':
      if (label === null) return UNTRACED;
      if (!/^\d+$/.test(label)) return null;
      return term({
        name: key === 'age' ? 'age' : 'gen',
        value: { kind: 'compare', operator: '=', amount: Number(label) },
      });
    case 'slot':
      if (label === null || !/^\d+$/.test(label)) return null;
      return term({ name: 'slot', value: { kind: 'compare', operator: '=', amount: Number(label) } });
    // The filter language has no terms for these.
    case 'class-object':
    case 'superclass':
    case 'namespace':
    case 'root':
    case 'dominator':
    case 'flags':
      return null;
  }
}

function generationFilter(from: number, to: number): Filter {
  if (from === to) return term({ name: 'gen', value: { kind: 'compare', operator: '=', amount: from } });
  return term({ name: 'gen', value: { kind: 'range', from, to: to >= OPEN_END ? null : to } });
}

function rangeOf(figure: Figure): { from: number; to: number } | null {
  if (figure.kind === 'range') return { from: figure.from ?? 0, to: figure.to ?? OPEN_END };
  const { operator, amount } = figure;
  switch (operator) {
    case '=':
      return { from: amount, to: amount };
    case '>=':
      return { from: amount, to: OPEN_END };
    case '<=':
      return { from: 0, to: amount };
    default:
      return null;
  }
}
