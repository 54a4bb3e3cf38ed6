import type { Exclusion, ReferenceEnd } from '../../../workers/protocol/exclusions.ts';
import type { PathNode } from '../../../workers/protocol/paths.ts';
import { oneLine } from '../../format/names.ts';

/** An exclusion in words: `class Array`, `root vm`, `references from class Array to class Event`. */
export function exclusionName(exclusion: Exclusion): string {
  if (exclusion.kind === 'edges') return `${exclusion.edges} edges`;
  if (exclusion.kind !== 'reference') return endName(exclusion);
  return `references from ${endName(exclusion.from)} to ${endName(exclusion.to)}`;
}

function endName(end: ReferenceEnd): string {
  if (end.kind === 'root') return oneLine(`root ${end.root}`);
  return end.kind === 'object' ? end.address : oneLine(`class ${end.label}`);
}

/** What a node stands for, as an end of references; null for all, and for what is not drawn. */
export function endOf(node: PathNode): ReferenceEnd | null {
  if (node.kind === 'root') return { kind: 'root', root: node.label };
  if (node.kind === 'object' && node.address !== null) return { kind: 'object', address: node.address };
  return node.kind === 'merged' ? { kind: 'class', label: node.label } : null;
}
