import { ObjectFlag } from '../../model/object-flags.ts';
import { emptyBits } from '../../model/object-set.ts';
import { immediately, type Steps } from '../../model/steps.ts';
import type { FlagName } from '../../protocol/filter/terms.ts';
import { isOverhead } from '../descriptors.ts';
import { type Membership, ofBits, ofPairs, othersThan } from '../membership.ts';
import type { SetContext } from '../set-context.ts';
import { bitsOfPass, setBit } from './bit-passes.ts';
import { untraced } from './pair-terms.ts';

/** What each property is told by. */
const FLAG_TERMS: { [Name in FlagName]: (context: SetContext) => Steps<Membership> } = {
  reachable: context => reachability(context, true),
  unreachable: context => reachability(context, false),
  root: context => immediately(listedByRoots(context)),
  traced: context => othersThan(context.snapshot, untraced(context)),
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
  overhead: ({ snapshot }) =>
    immediately(ofPairs(snapshot, pair => isOverhead(snapshot, snapshot.pairs.descriptor[pair]!))),
};

export function flagTerm(context: SetContext, flag: FlagName): Steps<Membership> {
  return FLAG_TERMS[flag](context);
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
