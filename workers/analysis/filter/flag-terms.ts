import { ObjectFlag } from '../../model/object-flags.ts';
import { emptyBits } from '../../model/object-set.ts';
import { immediately, type Steps } from '../../model/steps.ts';
import type { Relation } from '../../protocol/comparison.ts';
import { FilterError, type Span } from '../../protocol/filter/filter.ts';
import type { FlagName } from '../../protocol/filter/terms.ts';
import { isOverhead } from '../descriptors.ts';
import { complementOf, type Membership, ofBits, ofPairs } from '../membership.ts';
import type { SetContext } from '../set-context.ts';
import { bitsOfPass, setBit } from './bit-passes.ts';
import { untraced } from './pair-terms.ts';

/** How each property is determined. */
const FLAG_TERMS: { [Name in FlagName]: (context: SetContext, span: Span) => Steps<Membership> } = {
  reachable: context => reachability(context, true),
  unreachable: context => reachability(context, false),
  root: context => immediately(listedByRoots(context)),
  traced: context => complementOf(context.snapshot, untraced(context)),
  untraced: context => immediately(untraced(context)),
  frozen: context => flagged(context, ObjectFlag.frozen),
  old: context => flagged(context, ObjectFlag.old),
  young: context => flagged(context, ObjectFlag.old, false),
  shared: context => flagged(context, ObjectFlag.shared),
  embedded: context => flagged(context, ObjectFlag.embedded),
  fstring: context => flagged(context, ObjectFlag.fstring),
  pinned: context => flagged(context, ObjectFlag.pinned),
  singleton: context => flagged(context, ObjectFlag.singleton),
  broken: context => flagged(context, ObjectFlag.broken),
  shareable: context => flagged(context, ObjectFlag.shareable),
  new: (context, span) => related(context, 'new', span),
  survived: (context, span) => related(context, 'survived', span),
  freed: (context, span) => related(context, 'freed', span),
  retained: (context, span) => related(context, 'retained', span),
  'matched-by-address': (context, span) => related(context, 'matched-by-address', span),
  overhead: ({ snapshot }) =>
    immediately(ofPairs(snapshot, pair => isOverhead(snapshot, snapshot.pairs.descriptor[pair]!))),
};

export function flagTerm(context: SetContext, flag: FlagName, span: Span): Steps<Membership> {
  return FLAG_TERMS[flag](context, span);
}

/** Throws a {@link FilterError} if the dump is not in a series, or has no dump on the side that is compared with. */
function* related(context: SetContext, relation: Relation, span: Span): Steps<Membership> {
  const bits = yield* context.related(relation);
  if (typeof bits === 'string')
    throw new FilterError({ ...span, message: `is:${relation} cannot be determined: ${bits}` });
  return ofBits(bits);
}

function* flagged({ snapshot }: SetContext, flag: ObjectFlag, isSet = true): Steps<Membership> {
  const { flags } = snapshot;
  const bits = yield* bitsOfPass(snapshot, (into, start, stop) => {
    for (let object = start; object < stop; object++) {
      if (((flags[object]! & flag) !== 0) === isSet) into[object >>> 5]! |= 1 << (object & 31);
    }
  });
  return ofBits(bits);
}

/** Objects that some root reaches, or with `reachable: false` those that none does. O(n). */
export function* reachability({ snapshot, retention }: SetContext, reachable: boolean): Steps<Membership> {
  const { position } = retention.tree;
  const bits = yield* bitsOfPass(snapshot, (into, start, stop) => {
    for (let object = start; object < stop; object++) {
      if ((position[object] !== 0) === reachable) into[object >>> 5]! |= 1 << (object & 31);
    }
  });
  return ofBits(bits);
}

/** Objects that roots of any kind list. */
function listedByRoots({ snapshot, retention }: SetContext): Membership {
  const bits = emptyBits(snapshot.objects);
  for (const listed of retention.kindObjects) for (const object of listed) setBit(bits, object);
  return ofBits(bits);
}
