import { PROFILE_TERMS } from '../profile-questions.ts';
import type { Filter, FilterProblem, Pattern, Span } from './filter.ts';
import { parseFilter } from './parse-filter.ts';

export type ProfileTerm = (typeof PROFILE_TERMS)[number];

/**
 * A filter for stacks: texts and regular expressions, matched against a whole frame or against the property that a term
 * names.
 */
export type StackFilter =
  | { kind: 'everything' }
  | { kind: 'and' | 'or'; parts: StackFilter[] }
  | { kind: 'not'; part: StackFilter }
  /** `term` null: any text of a frame. */
  | { kind: 'frame'; term: ProfileTerm | null; pattern: Pattern };

export type ParsedStackFilter = { ok: true; filter: StackFilter } | { ok: false; problem: FilterProblem };

/** Parses a filter for a profile. Most terms are refused, since a profile has no objects to apply them to. */
export function parseStackFilter(text: string): ParsedStackFilter {
  const parsed = parseFilter(text);
  return parsed.ok ? stackFilter(parsed.filter) : parsed;
}

function stackFilter(filter: Filter): ParsedStackFilter {
  switch (filter.kind) {
    case 'everything':
      return { ok: true, filter };
    case 'not': {
      const part = stackFilter(filter.part);
      return part.ok ? { ok: true, filter: { kind: 'not', part: part.filter } } : part;
    }
    case 'and':
    case 'or': {
      const parts: StackFilter[] = [];
      for (const each of filter.parts) {
        const part = stackFilter(each);
        if (!part.ok) return part;
        parts.push(part.filter);
      }
      return { ok: true, filter: { kind: filter.kind, parts } };
    }
    case 'words':
      return { ok: true, filter: { kind: 'frame', term: null, pattern: filter.pattern } };
    case 'address':
      return unanswered('address', filter.span);
    case 'term': {
      const term = PROFILE_TERMS.find(known => known === filter.name);
      const { value } = filter;
      const isPattern = typeof value === 'object' && (value.kind === 'text' || value.kind === 'regexp');
      if (term === undefined || !isPattern) return unanswered(filter.name, filter.span);
      return { ok: true, filter: { kind: 'frame', term, pattern: value } };
    }
  }
}

function unanswered(name: string, span: Span): ParsedStackFilter {
  const terms = PROFILE_TERMS.map(term => `${term}:`).join(', ');
  return {
    ok: false,
    problem: {
      ...span,
      message: `A profile has no objects to tell by ${name}. Write a text, an /expression/, or one of ${terms}.`,
    },
  };
}
