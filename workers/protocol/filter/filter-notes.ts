import type { AnyTerm, Filter, FilterProblem } from './filter.ts';
import { printFilter } from './print-filter.ts';
import { declarationOf } from './terms.ts';

/**
 * Warnings about a valid filter that probably does not mean what its author intended: several terms of one name that
 * must all match, although each object has only one value for that name, as in class:A class:B.
 */
export function filterNotes(filter: Filter): FilterProblem[] {
  switch (filter.kind) {
    case 'or':
      return filter.parts.flatMap(filterNotes);
    case 'and':
      return [...filter.parts.flatMap(filterNotes), ...sameNames(filter.parts)];
    case 'not':
      return filterNotes(filter.part);
    case 'term':
      return declarationOf(filter.name).takes === 'filter' ? filterNotes(filter.value as Filter) : [];
    default:
      return [];
  }
}

function sameNames(parts: readonly Filter[]): FilterProblem[] {
  const notes: FilterProblem[] = [];
  const first = new Map<string, AnyTerm>();
  for (const part of parts) {
    if (part.kind !== 'term' || !isOneOfMany(part)) continue;
    const other = first.get(part.name);
    if (other === undefined) {
      first.set(part.name, part);
      continue;
    }
    const [one, two] = [printFilter(other), printFilter(part)];
    const message = `Both must hold, so that only what matches ${one} and also ${two} is found. For either of them write: ${one} or ${two}.`;
    notes.push({ from: other.span.from, to: part.span.to, message });
  }
  return notes;
}

/**
 * Whether each object has only one value for the term, and the filter gives that value as text, not as a regular
 * expression or a figure.
 */
function isOneOfMany({ name, value }: AnyTerm): boolean {
  return declarationOf(name).group !== undefined && typeof value === 'object' && value.kind === 'text';
}
