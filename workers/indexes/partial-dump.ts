import { grown, Uint32List } from '../model/growable.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { RetentionEdges } from './retention-edges.ts';

/** Pseudo-root of a dump without ROOT records. */
export const OUTSIDE = 'outside this dump';

/**
 * The roots of a dump that has none (`dump_all(since:)`): each object without referrers, where cache edges count as
 * references; then, by address, each object that is still unreached, as in a cycle. O(n + e).
 */
export function* rootsOfPartialDump(
  edges: RetentionEdges,
  placeOf: (object: number) => number,
): Steps<{ name: string; objects: Uint32Array }> {
  const { forward, objects, classObjects, pair } = edges;
  const classOf = (object: number) => (classObjects === null ? -1 : classObjects[pair[object]!]!);
  const referred = new Uint8Array(objects);
  for (const target of forward.targets) referred[target] = 1;
  for (let object = 0; object < objects; object++) {
    const classObject = classOf(object);
    if (classObject >= 0 && classObject !== object) referred[classObject] = 1;
  }
  yield 0.2;

  const reached = new Uint8Array(objects);
  const roots = new Uint32List();
  let stack = new Uint32Array(1024);
  let depth = 0;
  const visit = (object: number): void => {
    if (object < 0 || reached[object] === 1) return;
    reached[object] = 1;
    if (depth === stack.length) stack = grown(stack, depth + 1);
    stack[depth++] = object;
  };
  function* reach(root: number): Steps<void> {
    roots.push(root);
    visit(root);
    for (let steps = 1; depth > 0; steps++) {
      const object = stack[--depth]!;
      for (let at = forward.first[object]!; at < forward.first[object + 1]!; at++)
        visit(forward.targets[at]!);
      visit(classOf(object));
      if (steps % STRIDE === 0) yield 0.5;
    }
  }
  for (let object = 0; object < objects; object++) if (referred[object] === 0) yield* reach(object);
  const unreached: number[] = [];
  for (let object = 0; object < objects; object++) if (reached[object] === 0) unreached.push(object);
  unreached.sort((a, b) => placeOf(a) - placeOf(b));
  for (const object of unreached) if (reached[object] === 0) yield* reach(object);
  return { name: OUTSIDE, objects: roots.trimmed() };
}
