import fc from 'fast-check';
import { type CallTree, pathOf, weightOf } from '../../profiles/model/call-tree.ts';

/** A stack from the outermost function inwards, with whole numbers as its values. */
export interface Stack {
  frames: string[];
  values: number[];
}

/**
 * Names of functions with characters that formats use themselves: blanks, colons, parentheses, commas, non-ASCII
 * letters.
 */
const NAMES = [
  'main',
  'run(int)',
  'std::vector<int, std::allocator<int> >::push_back(int&&)',
  'operator new(unsigned long)',
  '-[Shop addOrder:]',
  'Größe::λ',
  'a',
];

/** Random profiles: up to 20 different stacks of up to 6 frames, each with `values` values from 1 on. */
export function randomStacks(values: number): fc.Arbitrary<Stack[]> {
  const stack = fc.record({
    frames: fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 6 }),
    values: fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: values, maxLength: values }),
  });
  return fc.uniqueArray(stack, { minLength: 1, maxLength: 20, selector: each => each.frames.join('\n') });
}

/** The own values of a tree by stack, as text of its frames from the outermost inwards; the root is "". */
export function selfByStack(tree: CallTree, key: string): Record<string, number> {
  const weight = weightOf(tree, key);
  if (weight === null) throw new Error(`no weight ${key} among ${tree.weights.map(each => each.key)}`);
  const found: Record<string, number> = {};
  for (const [node, own] of weight.self.entries()) {
    if (own === 0) continue;
    const path = pathOf(tree, node).join(' | ');
    found[path] = (found[path] ?? 0) + own;
  }
  return found;
}

/** The values of random stacks at one position, by stack. */
export function valueByStack(stacks: readonly Stack[], at: number): Record<string, number> {
  return Object.fromEntries(stacks.map(({ frames, values }) => [frames.join(' | '), values[at]!]));
}

/** Sum of the values at one position. */
export function sumOf(stacks: readonly Stack[], at: number): number {
  return stacks.reduce((sum, { values }) => sum + values[at]!, 0);
}
