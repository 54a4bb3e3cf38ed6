import { anonymousClasses } from './anonymous-classes.ts';
import { boxedValues } from './boxed-values.ts';
import { closures } from './closures.ts';
import { complexShapes } from './complex-shapes.ts';
import { doubtfulRoot } from './doubtful-root.ts';
import { duplicateTexts } from './duplicate-texts.ts';
import { equalCollections } from './equal-collections.ts';
import { equalObjects } from './equal-objects.ts';
import type { FindingKind } from './finding-kind.ts';
import { growingBetweenDumps } from './growing-between-dumps.ts';
import { growingClasses } from './growing-classes.ts';
import { growingContainer } from './growing-container.ts';
import { growingStructure } from './growing-structure.ts';
import { growingUntraced } from './growing-untraced.ts';
import { keptByThreads } from './kept-by-threads.ts';
import { largeStatic } from './large-static.ts';
import { loadedAlone } from './loaded-alone.ts';
import { loadedCode } from './loaded-code.ts';
import { oversizedSlots } from './oversized-slots.ts';
import { repeatedClass } from './repeated-class.ts';
import { runtimeSymbols } from './runtime-symbols.ts';
import { shapeOrders } from './shape-orders.ts';
import { smallCollections } from './small-collections.ts';
import { smallStructs } from './small-structs.ts';
import { spareCapacity } from './spare-capacity.ts';
import { sparseCollections } from './sparse-collections.ts';
import { specialObjects } from './special-objects.ts';
import { suspect } from './suspect.ts';
import { suspectGroup } from './suspect-group.ts';
import { unfrozenLiterals } from './unfrozen-literals.ts';
import { unreachable } from './unreachable.ts';

/**
 * Every kind of finding. Leaks are listed in this order, since the first kinds have the strongest evidence; each kind
 * can use what earlier kinds found. Other findings are sorted by bytes.
 */
export const FINDING_KINDS: readonly FindingKind[] = [
  growingBetweenDumps,
  growingContainer,
  growingStructure,
  growingClasses,
  growingUntraced,
  suspect,
  suspectGroup,
  duplicateTexts,
  unfrozenLiterals,
  spareCapacity,
  smallCollections,
  sparseCollections,
  oversizedSlots,
  equalCollections,
  equalObjects,
  smallStructs,
  boxedValues,
  runtimeSymbols,
  closures,
  repeatedClass,
  anonymousClasses,
  loadedAlone,
  largeStatic,
  loadedCode,
  keptByThreads,
  doubtfulRoot,
  unreachable,
  specialObjects,
  shapeOrders,
  complexShapes,
];
