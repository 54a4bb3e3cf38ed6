import type { Retention } from '../indexes/retention.ts';
import {
  classObjectOf,
  classRowOf,
  descriptorOf,
  type HeapSnapshot,
  hasTrait,
} from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import type { ClassStep } from '../protocol/object-details.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { Trait } from '../protocol/vocabulary.ts';
import { objectRow } from './object-rows.ts';

/** Maximum number of steps; only a damaged dump has a longer chain. */
const MAX_STEPS = 500;

/**
 * The classes in which methods of an object are looked up, nearest first: its singleton class, its class,
 * superclasses, and the modules that these include. A class has the chain of its own instances in `ancestors`: it
 * begins with the class itself. Limited to the superclasses in the dump, which Ruby writes from 3.1 on. O(steps log
 * classes).
 */
export function classChain(
  snapshot: HeapSnapshot,
  retention: Retention,
  object: ObjectIndex,
  of: 'object' | 'ancestors',
): ClassStep[] {
  const { classes, flags } = snapshot;
  const steps: ClassStep[] = [];
  const seen = new Set<ObjectIndex>();
  let at = of === 'ancestors' ? object : classObjectOf(snapshot, object);
  while (at >= 0 && !seen.has(at) && steps.length < MAX_STEPS) {
    seen.add(at);
    const row = classRowOf(classes, at);
    // The class field of an internal object need not be a class.
    if (row < 0) break;
    const isProxy = hasTrait(snapshot, descriptorOf(snapshot, at), Trait.proxy);
    const stoodFor = isProxy ? classObjectOf(snapshot, at) : at;
    const named = stoodFor >= 0 ? stoodFor : at;
    // A class with prepended modules has a proxy after these.
    const isClass = hasTrait(snapshot, descriptorOf(snapshot, named), Trait.class);
    const isSingleton = (flags[at]! & ObjectFlag.singleton) !== 0;
    steps.push({
      object: objectRow(snapshot, retention, named),
      kind: isSingleton ? 'singleton' : isClass ? 'class' : 'module',
    });
    const next = classes.superclass[row]!;
    at = next < 0 ? -1 : classes.object[next]!;
  }
  return steps;
}
