import type { PathStep, RetainerPath } from '../../../workers/protocol/paths.ts';
import { formatCount } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';

/** The phrase of an edge whose kind is not known. */
const PLAIN = 'refers to';

/** The edge's text in a drawing, whose arrow already shows a reference: empty if nothing more is known. */
export function drawnEdgeText(step: Omit<PathStep, 'object' | 'edge'>): string {
  const text = edgeText(step);
  return text === PLAIN ? '' : text;
}

/** The text on the line to a step: `@user`, `refers to`, `refers to × 3`. */
export function edgeText(step: Omit<PathStep, 'object' | 'edge'>): string {
  const { phrase, name, multiplicity, omittedBefore } = step;
  const through = oneLine(name ?? phrase);
  const text = multiplicity > 1 ? `${through} × ${formatCount(multiplicity)}` : through;
  return omittedBefore > 0 ? `${formatCount(omittedBefore)} steps not shown, then ${text}` : text;
}

/** A path as text for a report: one line for each step. O(length). */
export function pathText(path: RetainerPath): string {
  const lines = [path.root === null ? 'not reachable from any root' : `root ${oneLine(path.root)}`];
  for (const step of path.steps) {
    const { label, title, address } = step.object;
    const name = title === '' ? label : `${label} ${title}`;
    lines.push(`  ${path.root === null ? '' : `${edgeText(step)} → `}${oneLine(name)} ${address}`);
  }
  return `${lines.join('\n')}\n`;
}
