import type { Exclusion, ReferenceEnd } from '../../../workers/protocol/exclusions.ts';
import type { PathNode } from '../../../workers/protocol/paths.ts';
import type { AddressText } from '../../../workers/protocol/units.ts';
import { oneLine } from '../../format/names.ts';

/** An exclusion in words: `class Array`, `root vm`, `AuditTrail (Class) → Array[240] 0x7f56…`. */
export function exclusionName(exclusion: Exclusion, nameOf: (address: AddressText) => string): string {
  if (exclusion.kind === 'edges') return `${exclusion.edges} edges`;
  if (exclusion.kind !== 'reference') return endName(exclusion, nameOf);
  return `${endName(exclusion.from, nameOf)} → ${endName(exclusion.to, nameOf)}`;
}

function endName(end: ReferenceEnd, nameOf: (address: AddressText) => string): string {
  if (end.kind === 'root') return oneLine(`root ${end.root}`);
  return end.kind === 'object' ? nameOf(end.address) : oneLine(`class ${end.label}`);
}

/** The addresses of the objects that an exclusion names. */
export function addressesOf(exclusion: Exclusion): AddressText[] {
  const ends = exclusion.kind === 'reference' ? [exclusion.from, exclusion.to] : [exclusion];
  return ends.flatMap(end => (end.kind === 'object' ? [end.address] : []));
}

/** The object, root or class of a node as an end of references; null for the node for all, and for the rest. */
export function endOf(node: PathNode): ReferenceEnd | null {
  if (node.kind === 'root') return { kind: 'root', root: node.label };
  if (node.kind === 'object' && node.address !== null) return { kind: 'object', address: node.address };
  return node.kind === 'merged' ? { kind: 'class', label: node.label } : null;
}
