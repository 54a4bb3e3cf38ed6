import type { Steps } from '../../model/steps.ts';
import type { Figure, Nothing, Pattern } from '../../protocol/filter/filter.ts';
import type { ObjectKey } from '../../protocol/object-set.ts';
import { type Membership, ofBits } from '../membership.ts';
import type { SetContext } from '../set-context.ts';
import { bitsOfPass, setBit } from './bit-passes.ts';
import { boundsOf, isWithin } from './bounds.ts';
import { matchingNames } from './text-tests.ts';

/** Objects in the groups that match, under a key that is looked up for each object. O(n + characters of the labels). */
export function* objectGroupTerm(
  context: SetContext,
  key: ObjectKey,
  value: Pattern | Nothing,
): Steps<Membership> {
  const { groupOf, labels } = yield* context.objectGroups(key);
  const isMatch =
    value.kind === 'nothing'
      ? Uint8Array.from(labels, label => (label === null ? 1 : 0))
      : yield* matchingNames(labels, value);
  return yield* inGroups(context, groupOf, isMatch);
}

/** By the size of the slot; objects without a known size are in no range. O(n). */
export function* slotTerm(context: SetContext, figure: Figure): Steps<Membership> {
  const { groupOf, labels } = yield* context.objectGroups('slot');
  const bounds = boundsOf(figure);
  const isMatch = Uint8Array.from(labels, label =>
    label !== null && isWithin(bounds, Number(label)) ? 1 : 0,
  );
  return yield* inGroups(context, groupOf, isMatch);
}

function* inGroups({ snapshot }: SetContext, groupOf: Uint32Array, isMatch: Uint8Array): Steps<Membership> {
  const bits = yield* bitsOfPass(snapshot, (into, start, stop) => {
    for (let object = start; object < stop; object++)
      if (isMatch[groupOf[object]!] === 1) setBit(into, object);
  });
  return ofBits(bits);
}
