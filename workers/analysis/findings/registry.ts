import type { FindingKind } from './finding-kind.ts';
import { growingContainer } from './growing-container.ts';
import { growingStructure } from './growing-structure.ts';
import { largeStatic } from './large-static.ts';
import { suspect } from './suspect.ts';
import { suspectGroup } from './suspect-group.ts';

/**
 * Every kind of finding. Leaks come in the order of this list, as the evidence of the first kinds is the strongest; what
 * a kind has found is known to those after it. Other findings come by their bytes.
 */
export const FINDING_KINDS: readonly FindingKind[] = [
  growingContainer,
  growingStructure,
  suspect,
  suspectGroup,
  largeStatic,
];
