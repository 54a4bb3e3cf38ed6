import { immediately, part, type Steps } from '../../model/steps.ts';
import type { Filter, TermNode } from '../../protocol/filter/filter.ts';
import type { TermName } from '../../protocol/filter/terms.ts';
import { allOf, anyOf, complementOf, everything, type Membership, ofBits } from '../membership.ts';
import type { SetContext } from '../set-context.ts';
import { copies } from './copies-term.ts';
import { referencesTerm, referrersTerm } from './degree-terms.ts';
import { flagTerm } from './flag-terms.ts';
import { held, holders, rootTerm, withDominated } from './graph-terms.ts';
import { ageTerm, familyTerm, generationTerm, groupTerm, untraced } from './pair-terms.ts';
import { lengthTerm, retainedTerm, sizeTerm } from './size-terms.ts';
import { slotTerm } from './slot-term.ts';
import { named, wordsOrObject } from './words.ts';

type TermCompiler<Name extends TermName> = (context: SetContext, term: TermNode<Name>) => Steps<Membership>;

/** How each term is answered. A declared term that is missing here is a compile error. */
const COMPILERS: { [Name in TermName]: TermCompiler<Name> } = {
  class: (context, { value, span }) =>
    value.kind === 'family'
      ? immediately(familyTerm(context, value.name, span))
      : groupTerm(context, 'class', value),
  type: (context, { value }) => groupTerm(context, 'type', value, true),
  origin: (context, { value }) => groupTerm(context, 'origin', value),
  gem: (context, { value }) => groupTerm(context, 'gem', value),
  directory: (context, { value }) => groupTerm(context, 'directory', value),
  file: (context, { value }) => groupTerm(context, 'file', value),
  site: (context, { value }) => groupTerm(context, 'site', value),
  method: (context, { value }) => groupTerm(context, 'method', value),
  gen: (context, { value }) =>
    immediately(value.kind === 'nothing' ? untraced(context) : generationTerm(context, value)),
  age: (context, { value }) => immediately(ageTerm(context, value)),
  size: (context, { value }) => sizeTerm(context, value),
  retained: (context, { value }) => retainedTerm(context, value),
  length: (context, { value }) => lengthTerm(context, value),
  refs: (context, { value }) => referencesTerm(context, value),
  referrers: (context, { value }) => referrersTerm(context, value),
  is: (context, { value, span }) => flagTerm(context, value, span),
  *in(context, { value }) {
    return yield* withDominated(context, yield* compileFilter(context, value));
  },
  *holds(context, { value }) {
    return yield* holders(context, yield* compileFilter(context, value));
  },
  *heldby(context, { value }) {
    return yield* held(context, yield* compileFilter(context, value));
  },
  *copies(context, { value }) {
    return yield* copies(context, yield* compileFilter(context, value));
  },
  root: (context, { value }) => rootTerm(context, value),
  value: (context, { value }) => immediately(ofBits(context.file.textsWith(value).slice())),
  shape: (context, { value }) => groupTerm(context, 'shape', value),
  slot: (context, { value }) => slotTerm(context, value),
  encoding: (context, { value }) => groupTerm(context, 'encoding', value),
  id: (context, { value }) => immediately(named(context, `id:${value}`)),
};

function compileTerm<Name extends TermName>(context: SetContext, term: TermNode<Name>): Steps<Membership> {
  return COMPILERS[term.name](context, term);
}

/**
 * The objects that a filter finds. O(pairs) for terms that depend on class, site and generation, also combined by
 * and, or and not; otherwise O(n) for each term, and O(n + e) for those that examine references.
 */
export function* compileFilter(context: SetContext, filter: Filter): Steps<Membership> {
  const { snapshot } = context;
  switch (filter.kind) {
    case 'everything':
      return everything();
    case 'and':
      return allOf(yield* compileAll(context, filter.parts));
    case 'or':
      return yield* anyOf(snapshot, yield* compileAll(context, filter.parts));
    case 'not':
      return yield* complementOf(snapshot, yield* compileFilter(context, filter.part));
    case 'address':
      return named(context, filter.address);
    case 'words':
      return yield* wordsOrObject(context, filter.pattern);
    case 'term':
      return yield* compileTerm(context, filter);
  }
}

function* compileAll(context: SetContext, filters: readonly Filter[]): Steps<Membership[]> {
  const members: Membership[] = [];
  for (const [at, filter] of filters.entries()) {
    const share = 1 / filters.length;
    members.push(yield* part(at * share, (at + 1) * share, compileFilter(context, filter)));
  }
  return members;
}
