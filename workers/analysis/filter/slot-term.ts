import type { Steps } from '../../model/steps.ts';
import type { Figure } from '../../protocol/filter/filter.ts';
import { type Membership, ofBits } from '../membership.ts';
import type { SetContext } from '../set-context.ts';
import { bitsOfPass, setBit } from './bit-passes.ts';
import { boundsOf, isWithin } from './bounds.ts';

/** By the size of the slot; objects without a known size are in no range. O(n). */
export function* slotTerm(context: SetContext, figure: Figure): Steps<Membership> {
  const { groupOf, labels } = yield* context.objectGroups('slot');
  const bounds = boundsOf(figure);
  const meant = Uint8Array.from(labels, label => (label !== null && isWithin(bounds, Number(label)) ? 1 : 0));
  const bits = yield* bitsOfPass(context.snapshot, (into, start, stop) => {
    for (let object = start; object < stop; object++) if (meant[groupOf[object]!] === 1) setBit(into, object);
  });
  return ofBits(bits);
}
