import { shallowBytesOf } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { emptyBits } from '../../model/object-set.ts';
import { LARGE_SHALLOW } from '../../model/snapshot-builder.ts';
import { STRIDE, type Steps } from '../../model/steps.ts';
import type { Figure } from '../../protocol/filter/filter.ts';
import { type Membership, ofBits } from '../membership.ts';
import type { SetContext } from '../set-context.ts';
import { bitsOfPass, setBit } from './bit-passes.ts';
import { boundsOf, isWithin } from './bounds.ts';

/** By shallow size. O(n), one column. */
export function* sizeTerm({ snapshot }: SetContext, figure: Figure): Steps<Membership> {
  const { shallow } = snapshot;
  const { least, most, negated } = boundsOf(figure);
  const bits = yield* bitsOfPass(snapshot, (into, start, stop) => {
    for (let object = start; object < stop; object++) {
      const own = shallow[object]!;
      const bytes = own === LARGE_SHALLOW ? shallowBytesOf(snapshot, object) : own;
      if ((bytes >= least && bytes <= most) !== negated) into[object >>> 5]! |= 1 << (object & 31);
    }
  });
  return ofBits(bits);
}

/** By retained size, in the order of the tree, in which sizes are stored. O(n). */
export function* retainedTerm({ snapshot, retention }: SetContext, figure: Figure): Steps<Membership> {
  const { objects } = snapshot;
  const { length, vertex, position } = retention.tree;
  const { retained } = retention;
  const bounds = boundsOf(figure);
  const { least, most, negated } = bounds;
  const bits = emptyBits(objects);
  const addReachable = (start: number, stop: number) => {
    for (let at = start; at < stop; at++) {
      const bytes = retained[at]!;
      // Kinds of root have numbers after those of the objects.
      if ((bytes >= least && bytes <= most) !== negated && vertex[at]! < objects) setBit(bits, vertex[at]!);
    }
  };
  const addUnreachable = (start: number, stop: number) => {
    for (let object = start; object < stop; object++) {
      if (position[object] === 0 && isWithin(bounds, shallowBytesOf(snapshot, object))) setBit(bits, object);
    }
  };
  for (let start = 0; start < length; start += STRIDE) {
    addReachable(start, Math.min(length, start + STRIDE));
    yield 0.8 * (start / length);
  }
  for (let start = 0; start < objects; start += STRIDE) {
    addUnreachable(start, Math.min(objects, start + STRIDE));
    yield 0.8 + 0.2 * (start / objects);
  }
  return ofBits(bits);
}

/** By the length of contents; objects without a length are in no range. O(n). */
export function* lengthTerm({ snapshot }: SetContext, figure: Figure): Steps<Membership> {
  const { flags, contentLength } = snapshot;
  const { values } = contentLength;
  const { least, most, negated } = boundsOf(figure);
  // Lengths are stored in the order of the objects that have one.
  let entry = 0;
  const bits = yield* bitsOfPass(snapshot, (into, start, stop) => {
    for (let object = start; object < stop; object++) {
      if ((flags[object]! & ObjectFlag.hasLength) === 0) continue;
      const length = values[entry++]!;
      if ((length >= least && length <= most) !== negated) into[object >>> 5]! |= 1 << (object & 31);
    }
  });
  return ofBits(bits);
}
