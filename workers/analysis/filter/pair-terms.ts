import {
  classObjectOf,
  classRowOf,
  descriptorOf,
  type HeapSnapshot,
  hasTrait,
} from '../../model/heap-snapshot.ts';
import type { Steps } from '../../model/steps.ts';
import {
  type Figure,
  FilterError,
  type Nothing,
  type Pattern,
  type Span,
} from '../../protocol/filter/filter.ts';
import type { PairKey } from '../../protocol/object-set.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import { type Membership, ofPairs } from '../membership.ts';
import type { SetContext } from '../set-context.ts';
import { boundsOf, isWithin } from './bounds.ts';
import { matchingNames } from './text-tests.ts';

/** Terms that depend only on pairs: they need not visit objects. */

/**
 * Terms that depend only on pairs and need not visit objects. Objects in the groups that match, or in none. O(pairs +
 * characters of the labels).
 */
export function* groupTerm(
  { snapshot, group }: SetContext,
  key: PairKey,
  value: Pattern | Nothing,
  ignoreCase = false,
): Steps<Membership> {
  const { groupOf, labels } = group(key);
  if (value.kind === 'nothing') {
    const nothing = labels.indexOf(null);
    return ofPairs(snapshot, pair => groupOf[pair] === nothing);
  }
  const isMatch = yield* matchingNames(labels, value, ignoreCase);
  return ofPairs(snapshot, pair => isMatch[groupOf[pair]!] === 1);
}

/** -1 = untraced. */
export function generationOf({ pairs, allocations }: HeapSnapshot, pair: number): number {
  return allocations.generation[pairs.allocation[pair]!]! - 1;
}

export function untraced({ snapshot }: SetContext): Membership {
  return ofPairs(snapshot, pair => generationOf(snapshot, pair) < 0);
}

/** Untraced objects have no generation, and are in no range. */
export function generationTerm({ snapshot }: SetContext, figure: Figure): Membership {
  const bounds = boundsOf(figure);
  return ofPairs(snapshot, pair => {
    const generation = generationOf(snapshot, pair);
    return generation >= 0 && isWithin(bounds, generation);
  });
}

/** Generations before the newest of the whole dump. */
export function ageTerm({ snapshot }: SetContext, figure: Figure): Membership {
  const bounds = boundsOf(figure);
  let newest = -1;
  for (let pair = 0; pair < snapshot.pairs.length; pair++) {
    newest = Math.max(newest, generationOf(snapshot, pair));
  }
  return ofPairs(snapshot, pair => {
    const generation = generationOf(snapshot, pair);
    return generation >= 0 && isWithin(bounds, newest - generation);
  });
}

/**
 * Objects of a class and of its subclasses, or of all classes that include a module. O(pairs + classes). `span`: the
 * position of the term, for errors.
 */
export function familyTerm({ snapshot, group }: SetContext, name: string, span: Span): Membership {
  const { classes, pairs } = snapshot;
  if (classes.superclass.every(row => row < 0)) {
    const message = `class:${name}+ needs the superclasses, which this dump does not contain: Ruby writes them from 3.1 on.`;
    throw new FilterError({ ...span, message });
  }
  const isRelated = relatives(snapshot, name);
  const { groupOf, labels } = group('class');
  const own = labels.indexOf(name);
  return ofPairs(snapshot, pair => {
    if (groupOf[pair] === own) return true;
    const classObject = pairs.classObject[pair]!;
    const row = classObject < 0 ? -1 : classRowOf(classes, classObject);
    return row >= 0 && isRelated[row] === 1;
  });
}

/** 1 for each row of a class that has the name, or has an ancestor with it. */
function relatives(snapshot: HeapSnapshot, name: string): Uint8Array {
  const { classes, strings } = snapshot;
  const isNamed = (row: number) => row >= 0 && strings.text(classes.name[row]!) === name;
  const related = new Uint8Array(classes.object.length);
  const known = new Uint8Array(classes.object.length);
  for (let row = 0; row < related.length; row++) {
    // The proxy of a module in a superclass chain has the module as its class.
    const module = classObjectOf(snapshot, classes.object[row]!);
    const isProxy = isProxyOf(snapshot, row) && module >= 0 && isNamed(classRowOf(classes, module));
    if (isProxy || (!isProxyOf(snapshot, row) && isNamed(row))) {
      related[row] = 1;
      known[row] = 1;
    }
  }
  const path: number[] = [];
  for (let row = 0; row < related.length; row++) {
    let above = row;
    // A class that was visited before means a cycle, which occurs only in damaged dumps.
    while (above >= 0 && known[above] === 0) {
      known[above] = 1;
      path.push(above);
      above = classes.superclass[above]!;
    }
    const result = above >= 0 && related[above] === 1 ? 1 : 0;
    for (const each of path) related[each] = result;
    path.length = 0;
  }
  return related;
}

function isProxyOf(snapshot: HeapSnapshot, row: number): boolean {
  return hasTrait(snapshot, descriptorOf(snapshot, snapshot.classes.object[row]!), Trait.proxy);
}
