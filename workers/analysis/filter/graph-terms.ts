import { emptyBits } from '../../model/object-set.ts';
import { STRIDE, type Steps } from '../../model/steps.ts';
import type { Pattern } from '../../protocol/filter/filter.ts';
import { asBits, type Membership, ofBits } from '../membership.ts';
import type { SetContext } from '../set-context.ts';
import { bitsOfPass, hasBit, setBit } from './bit-passes.ts';
import { matchingNames } from './text-tests.ts';

/** Members, and all that one of them dominates. O(n): a subtree of the dominator tree is a range of positions. */
export function* withDominated({ snapshot, retention }: SetContext, members: Membership): Steps<Membership> {
  const { length, vertex, subtreeEnd } = retention.tree;
  const { objects } = snapshot;
  const roots = yield* asBits(snapshot, members);
  // Unreachable objects dominate nothing, and are kept as they are.
  const bits = roots.slice();
  let coveredTo = 0;
  const add = (start: number, stop: number) => {
    for (let at = start; at < stop; at++) {
      const object = vertex[at]!;
      if (object >= objects) continue;
      if (at < coveredTo) setBit(bits, object);
      else if (hasBit(roots, object)) coveredTo = subtreeEnd[at]!;
    }
  };
  for (let start = 1; start < length; start += STRIDE) {
    add(start, Math.min(length, start + STRIDE));
    yield start / length;
  }
  return ofBits(bits);
}

/** An object and all that it dominates. O(its subtree). */
export function* dominatedBy({ snapshot, retention }: SetContext, object: number): Steps<Membership> {
  const bits = emptyBits(snapshot.objects);
  const at = retention.tree.position[object]!;
  if (at !== 0) yield* addPositions(retention.tree.vertex, at, retention.tree.subtreeEnd[at]!, bits);
  else if (object < snapshot.objects) setBit(bits, object);
  return ofBits(bits);
}

/** Objects that only roots of one matching kind reach: what the kind dominates. O(what they dominate). */
export function* rootTerm({ snapshot, retention }: SetContext, kinds: Pattern): Steps<Membership> {
  const { vertex, subtreeEnd } = retention.tree;
  const bits = emptyBits(snapshot.objects);
  const isMatch = yield* matchingNames(retention.kinds, kinds);
  for (const [kind, at] of retention.kindPositions.entries()) {
    if (isMatch[kind] === 1 && at > 0) yield* addPositions(vertex, at + 1, subtreeEnd[at]!, bits);
  }
  return ofBits(bits);
}

/** Sets the bits of the objects at positions of the tree. */
function* addPositions(vertex: Uint32Array, first: number, end: number, bits: Int32Array): Steps<void> {
  for (let start = first; start < end; start += STRIDE) {
    const stop = Math.min(end, start + STRIDE);
    for (let at = start; at < stop; at++) setBit(bits, vertex[at]!);
    yield (start - first) / (end - first);
  }
}

/** Objects that refer to a member, their class included. O(n + e). */
export function* holders({ snapshot }: SetContext, members: Membership): Steps<Membership> {
  const { references, pair, pairs } = snapshot;
  const { first, targets } = references;
  const wanted = yield* asBits(snapshot, members);
  const hasWantedClass = pairs.classObject.map(object => (object >= 0 && hasBit(wanted, object) ? 1 : 0));
  const bits = yield* bitsOfPass(snapshot, (into, start, stop) => {
    for (let object = start; object < stop; object++) {
      const of = pair[object]!;
      let holds = hasWantedClass[of] === 1 && pairs.classObject[of] !== object;
      const end = first[object + 1]!;
      for (let at = first[object]!; at < end && !holds; at++) holds = hasBit(wanted, targets[at]!);
      if (holds) setBit(into, object);
    }
  });
  return ofBits(bits);
}

/** Objects that a member refers to, its class included. O(n + references of the members). */
export function* held({ snapshot }: SetContext, members: Membership): Steps<Membership> {
  const { references, pair, pairs } = snapshot;
  const { first, targets } = references;
  const holding = yield* asBits(snapshot, members);
  const bits = yield* bitsOfPass(snapshot, (into, start, stop) => {
    for (let object = start; object < stop; object++) {
      if (!hasBit(holding, object)) continue;
      const classObject = pairs.classObject[pair[object]!]!;
      if (classObject >= 0 && classObject !== object) setBit(into, classObject);
      for (let at = first[object]!; at < first[object + 1]!; at++) setBit(into, targets[at]!);
    }
  });
  return ofBits(bits);
}
