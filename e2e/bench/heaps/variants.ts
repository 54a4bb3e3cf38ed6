import { applicationHeap, type HeapOptions } from './application.ts';
import type { HeapPlan } from './heap-plan.ts';
import { RUBY_31, RUBY_34, RUBY_34_WASM } from './ruby-format.ts';
import { deepHeap, duplicateStringsHeap, longStringsHeap, poorLocalityHeap, wideHeap } from './special.ts';

/** A heap that the generator can write. Name and seed determine every byte of it. */
export interface Variant extends HeapOptions {
  name: string;
  description: string;
  plan: (options: HeapOptions) => HeapPlan;
}

const SEED = 20_260_801;

/** All variants. */
export const VARIANTS: readonly Variant[] = [
  ...[1, 5, 20].flatMap(millions => [
    application(`${millions}m`, millions, 'Ruby 3.1, traced'),
    application(`${millions}m-untraced`, millions, 'Ruby 3.1, untraced', { traced: false }),
    application(`${millions}m-3.4`, millions, 'Ruby 3.4, traced: slot sizes and shapes', { format: RUBY_34 }),
  ]),
  application('1m-wasm', 1, 'Ruby 3.4 on wasm32, traced', { format: RUBY_34_WASM }),
  special('poor', 5e6, '5 M objects, 3 references each, to anywhere', poorLocalityHeap),
  special('wide', 3e6, 'arrays of 300,000 strings', wideHeap),
  special('deep', 1e6, 'a list of 1,000,000 links that share one object', deepHeap),
  special('long-strings', 3e5, 'strings of 2.6 KB', longStringsHeap),
  special('duplicate-strings', 2e6, '2 M strings of 1,000 values', duplicateStringsHeap),
];

function application(
  name: string,
  millions: number,
  description: string,
  options: Partial<HeapOptions> = {},
): Variant {
  return {
    ...special(
      name,
      millions * 1e6,
      `${millions} M objects of an application, ${description}`,
      applicationHeap,
    ),
    ...options,
  };
}

function special(
  name: string,
  objects: number,
  description: string,
  plan: (options: HeapOptions) => HeapPlan,
): Variant {
  return { name, description, objects, plan, format: RUBY_31, traced: true, seed: SEED };
}
