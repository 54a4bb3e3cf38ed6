import type { AddressText } from './units.ts';

/** One end of an excluded reference: a kind of root, one object, or all objects of a class. */
export type ReferenceEnd =
  | { kind: 'root'; root: string }
  | { kind: 'object'; address: AddressText }
  | { kind: 'class'; label: string };

/**
 * What a path search ignores, or what is cut to see what would be freed:
 * - `root`: a kind of root; `object`: one object; `class`: all objects with this class label
 * - `reference`: all references from one end to the other
 * - `edges`: all edges of a kind (numbers.md#reference). Cache edges never count, except in the setting "references
 *   only".
 */
export type Exclusion =
  | ReferenceEnd
  | { kind: 'reference'; from: ReferenceEnd; to: ReferenceEnd }
  | { kind: 'edges'; edges: ExcludedEdges };

export const EXCLUDED_EDGES = ['class', 'internal', 'cache'] as const;
export type ExcludedEdges = (typeof EXCLUDED_EDGES)[number];

/** Maximum number of exclusions in one question. */
export const MAX_EXCLUSIONS = 30;

const ARROW = ' -> ';

/**
 * An exclusion as text: `root:vm`, `0x7f5697b9b208`, `class:Array`, `edges:class`, `class:Array -> class:Event`.
 * {@link parseExclusion} reads it again.
 */
export function exclusionText(exclusion: Exclusion): string {
  if (exclusion.kind === 'edges') return `edges:${exclusion.edges}`;
  if (exclusion.kind === 'reference') return `${endText(exclusion.from)}${ARROW}${endText(exclusion.to)}`;
  return endText(exclusion);
}

/** Parses an exclusion; null if the text is not one. */
export function parseExclusion(text: string): Exclusion | null {
  const edges = /^edges:(.*)$/s.exec(text.trim())?.[1];
  if (edges !== undefined) {
    const kind = EXCLUDED_EDGES.find(known => known === edges);
    return kind === undefined ? null : { kind: 'edges', edges: kind };
  }
  const ends = splitAtArrow(text).map(parseEnd);
  const [from, to] = ends;
  if (!from || ends.length > 2) return null;
  if (ends.length === 1) return from;
  return to ? { kind: 'reference', from, to } : null;
}

/** Splits at each arrow that is not within a quoted name. */
function splitAtArrow(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\' && isQuoted) at++;
    else if (text[at] === '"' && (isQuoted || text[at - 1] === ':')) isQuoted = !isQuoted;
    else if (!isQuoted && text.startsWith(ARROW, at)) {
      parts.push(text.slice(from, at));
      from = at + ARROW.length;
    }
  }
  return [...parts, text.slice(from)];
}

function parseEnd(text: string): ReferenceEnd | null {
  const trimmed = text.trim();
  if (/^0x[0-9a-f]{1,16}$/i.test(trimmed)) return { kind: 'object', address: trimmed.toLowerCase() };
  const colon = trimmed.indexOf(':');
  const kind = trimmed.slice(0, colon);
  const name = unquoted(trimmed.slice(colon + 1));
  if (name === null || name === '') return null;
  if (kind === 'root') return { kind, root: name };
  return kind === 'class' ? { kind, label: name } : null;
}

function endText(end: ReferenceEnd): string {
  if (end.kind === 'object') return end.address;
  return end.kind === 'root' ? `root:${quoted(end.root)}` : `class:${quoted(end.label)}`;
}

function quoted(name: string): string {
  return name.includes(ARROW) || name.startsWith('"') || name !== name.trim() ? JSON.stringify(name) : name;
}

function unquoted(text: string): string | null {
  if (!text.startsWith('"')) return text;
  try {
    const name: unknown = JSON.parse(text);
    return typeof name === 'string' ? name : null;
  } catch {
    // Not a JSON string, so `exclusionText` did not write it.
    return null;
  }
}
