import { emptyBits } from '../../model/object-set.ts';
import type { Steps } from '../../model/steps.ts';
import { textsOf } from '../duplicate-strings.ts';
import { asBits, type Membership, ofBits } from '../membership.ts';
import type { SetContext } from '../set-context.ts';
import { hasBit, setBit } from './bit-passes.ts';

/** Strings with a text that several strings have, including a member. O(n + strings that have duplicates). */
export function* copies(context: SetContext, members: Membership): Steps<Membership> {
  const { snapshot } = context;
  const wanted = yield* asBits(snapshot, members);
  const duplicates = context.file.duplicates();
  const { objects, first } = duplicates;
  const bits = emptyBits(snapshot.objects);
  for (let text = 0; text < textsOf(duplicates); text++) {
    const copiesOfText = objects.subarray(first[text]!, first[text + 1]!);
    if (!copiesOfText.some(object => hasBit(wanted, object))) continue;
    for (const object of copiesOfText) setBit(bits, object);
  }
  return ofBits(bits);
}
