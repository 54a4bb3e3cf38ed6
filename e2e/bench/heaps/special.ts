import type { HeapOptions } from './application.ts';
import { HeapPlan } from './heap-plan.ts';
import { below, hash, shuffled } from './random.ts';
import {
  AT_BOOT,
  type Birth,
  sizeClassForValues,
  writeArray,
  writeObject,
  writeString,
} from './ruby-records.ts';
import { className, siteOf, Texts } from './vocabulary.ts';

const CLASSES = 40;
const WIDE_ELEMENTS = 300_000;
const LONG_TEXT_BYTES = 2600;
const DUPLICATED_VALUES = 1000;

/**
 * The worst case for CPU caches: each object refers to three random others, and all objects are reachable. For every
 * other object, two of the three are its children in a binary tree laid over the objects in random order; the others
 * are random.
 */
export function poorLocalityHeap(options: HeapOptions): HeapPlan {
  const { format, objects, seed } = options;
  const plan = new HeapPlan(format, objects);
  const classes = Array.from({ length: CLASSES }, (_, number) => plan.classes.define(className(number)));
  const variables = ['@left', '@right', '@other'];
  const sizeClass = sizeClassForValues(format, variables.length);
  const shape = plan.world.shapes.ofObject(sizeClass, variables);
  const births = birthsOf(options);
  let order: Uint32Array = new Uint32Array(0);
  let place = new Uint32Array(0);
  const child = (family: number, side: number, random: number) => {
    const next = 2 * place[family]! + side;
    return plan.member(next < plan.families ? order[next]! : below(hash(random, side), plan.families), 0);
  };
  const holder = plan.world.add(5, (record, slot) =>
    writeArray(record, slot, plan.classes.array.slot, [plan.member(order[0]!, 0)], AT_BOOT),
  );
  plan.classes.object.held.push(holder);
  plan.fill(
    {
      members: [sizeClass],
      write(record, family, _member, slot) {
        const random = hash(seed, family);
        const drawn = plan.member(below(hash(random, 3), plan.families), 0);
        const references = [child(family, 1, random), child(family, 2, random), drawn];
        const klass = classes[random % CLASSES]!;
        writeObject(record, slot, klass.slot, shape, 3, references, births(family, random));
      },
    },
    [],
  );
  order = shuffled(plan.families, seed);
  place = new Uint32Array(plan.families);
  for (const [at, family] of order.entries()) place[family] = at;
  return plan;
}

/** Arrays of 300,000 strings each (a tenth of the objects, in a smaller heap). */
export function wideHeap(options: HeapOptions): HeapPlan {
  const { format, objects, seed } = options;
  const plan = new HeapPlan(format, objects);
  const elements = Math.min(WIDE_ELEMENTS, Math.floor(objects / 10));
  const store = plan.classes.define('Store');
  for (let array = 0; array * elements < objects; array++) {
    store.held.push(
      plan.world.add(5, (record, slot) => {
        const first = array * elements;
        const length = Math.max(0, Math.min(elements, plan.families - first));
        const slots = Array.from({ length }, (_, at) => plan.member(first + at, 0));
        writeArray(record, slot, plan.classes.array.slot, slots, AT_BOOT);
      }),
    );
  }
  const texts = new Texts(seed, 4, 11);
  const births = birthsOf(options);
  plan.fill(
    {
      members: [0],
      write: (record, family, _member, slot) => {
        const random = hash(seed, family);
        writeString(record, slot, plan.classes.string.slot, texts.pick(random, 1e6), births(family, random));
      },
    },
    [],
  );
  return plan;
}

/** A linked list through all objects, each link of which refers to one shared object, too. */
export function deepHeap(options: HeapOptions): HeapPlan {
  const { format, objects, seed } = options;
  const plan = new HeapPlan(format, objects);
  const link = plan.classes.define('Link');
  const variables = ['@shared', '@next'];
  const sizeClass = sizeClassForValues(format, variables.length);
  const shape = plan.world.shapes.ofObject(sizeClass, variables);
  const shared = plan.world.add(5, (record, slot) =>
    writeObject(record, slot, link.slot, shape, 2, [], AT_BOOT),
  );
  const start = plan.world.add(5, (record, slot) =>
    writeArray(record, slot, plan.classes.array.slot, [plan.member(0, 0)], AT_BOOT),
  );
  link.held.push(start);
  const births = birthsOf(options);
  plan.fill(
    {
      members: [sizeClass],
      write(record, family, _member, slot) {
        const next = family + 1 < plan.families ? [plan.member(family + 1, 0)] : [];
        const birth = births(family, hash(seed, family));
        writeObject(record, slot, link.slot, shape, 2, [shared, ...next], birth);
      },
    },
    [],
  );
  return plan;
}

/** Strings of 2.6 KB. */
export function longStringsHeap(options: HeapOptions): HeapPlan {
  return stringsHeap(options, new Texts(options.seed, LONG_TEXT_BYTES - 100, LONG_TEXT_BYTES + 100), 1e6);
}

/** A thousand values, each of which occurs many times. */
export function duplicateStringsHeap(options: HeapOptions): HeapPlan {
  return stringsHeap(options, new Texts(options.seed, 8, 60), 1);
}

function stringsHeap(options: HeapOptions, texts: Texts, variants: number): HeapPlan {
  const plan = new HeapPlan(options.format, options.objects);
  const store = plan.classes.define('Store');
  const births = birthsOf(options);
  plan.fill(
    {
      members: [0],
      write(record, family, _member, slot) {
        const random = hash(options.seed, family);
        const value = texts.pick(variants === 1 ? random % DUPLICATED_VALUES : random, variants);
        writeString(record, slot, plan.classes.string.slot, value, births(family, random));
      },
    },
    [store.held],
  );
  return plan;
}

/** Allocations at a few hundred sites, over thirty generations. */
function birthsOf({ traced, seed }: HeapOptions): (family: number, random: number) => Birth {
  const sites = Array.from({ length: 300 }, (_, place) => siteOf(place % 20, Math.floor(place / 20), seed));
  return (family, random) => ({
    site: traced ? sites[random % sites.length]! : null,
    generation: 10 + ((family >>> 16) % 30),
    age: 'old',
  });
}
