import type { EdgeKind, PathStep, RetainerPath } from '../../../workers/protocol/rows.ts';
import { formatCount } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';

/** What a kind of edge is called in a column. */
export const EDGE_WORDS: Readonly<Record<EdgeKind, string>> = {
  reference: 'reference',
  class: 'class',
  internal: 'internal',
  cache: 'cache',
};

/** What a kind of edge is called on the line between two steps. */
const EDGE_PHRASES: Readonly<Record<EdgeKind, string>> = {
  reference: 'refers to',
  class: 'is an instance of',
  internal: 'internal link to',
  cache: 'caches',
};

/** What is written on the line to a step: `@user`, `refers to`, `refers to × 3`. */
export function edgeText({ edge, name, multiplicity, omittedBefore }: PathStep): string {
  if (edge === 'root') return 'lists';
  const phrase = name === null ? EDGE_PHRASES[edge] : oneLine(name);
  const text = multiplicity > 1 ? `${phrase} × ${formatCount(multiplicity)}` : phrase;
  return omittedBefore > 0 ? `${formatCount(omittedBefore)} steps not shown, then ${text}` : text;
}

/** A path as text for a report: one line a step, every step. O(length). */
export function pathText(path: RetainerPath): string {
  const lines = [path.root === null ? 'not reachable from any root' : `root ${oneLine(path.root)}`];
  for (const step of path.steps) {
    const { label, title, address } = step.object;
    const name = title === '' ? label : `${label} ${title}`;
    lines.push(`  ${path.root === null ? '' : `${edgeText(step)} → `}${oneLine(name)} ${address}`);
  }
  return `${lines.join('\n')}\n`;
}
