import { addressOf, classRowOf, descriptorOf, type HeapSnapshot, hasTrait } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { Trait } from '../protocol/vocabulary.ts';
import { classTitle } from './class-titles.ts';

/** The label of a descriptor; null = it has none. */
type LabelOf = (descriptor: number) => string | null;

/**
 * The class label, with the address of the class if several classes have the same name; for a class without a name,
 * its superclass and address. Only the label if the dump does not mark singleton classes (Ruby ≤ 3.0). O(classes +
 * pairs).
 */
export function classObjectLabel(snapshot: HeapSnapshot): LabelOf {
  const { classes, strings, descriptors } = snapshot;
  const rowOf = classRows(snapshot);
  const counts = new Map<string, number>();
  for (let row = 0; row < classes.object.length; row++) {
    const isClass = hasTrait(snapshot, descriptorOf(snapshot, classes.object[row]!), Trait.class);
    if (!isClass || isStandIn(snapshot, row)) continue;
    const name = strings.text(classes.name[row]!);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return descriptor => {
    const label = strings.text(descriptors.label[descriptor]!);
    const row = rowOf(descriptor);
    if (row < 0 || !classes.hasSingletonClasses) return label;
    const name = strings.text(classes.name[row]!);
    if (name === '' ? isNamedByType(snapshot, descriptor) : name !== label || counts.get(name) === 1) {
      return label;
    }
    const object = classes.object[row]!;
    return `${classTitle(snapshot, object) || label} ${addressOf(snapshot, object)}`;
  };
}

/**
 * The name of the superclass of an object's class, skipping singleton classes and module proxies; for a class without
 * a name, the first superclass that has one. Null if there is none, or it is not in the dump.
 */
export function superclassLabel(snapshot: HeapSnapshot): LabelOf {
  const { classes, strings } = snapshot;
  const rowOf = classRows(snapshot);
  return descriptor => {
    let row = rowOf(descriptor);
    // Chains in a damaged dump can be cyclic.
    for (let steps = 0; row >= 0 && steps < classes.object.length; steps++) {
      row = firstClass(snapshot, classes.superclass[row]!);
      if (row >= 0 && classes.name[row] !== 0) return strings.text(classes.name[row]!);
    }
    return null;
  };
}

/** Descriptor → row of the class of its objects, singleton classes and module proxies skipped; -1 = not known. */
function classRows(snapshot: HeapSnapshot): (descriptor: number) => number {
  const { classes, pairs, descriptors } = snapshot;
  const classOf = new Int32Array(descriptors.length).fill(-1);
  for (let pair = 0; pair < pairs.length; pair++) {
    classOf[pairs.descriptor[pair]!] = pairs.classObject[pair]!;
  }
  return descriptor => {
    const object = classOf[descriptor]!;
    return object < 0 ? -1 : firstClass(snapshot, classRowOf(classes, object));
  };
}

/** The first row from `from` upwards that is a class or module itself; -1 = none. */
function firstClass(snapshot: HeapSnapshot, from: number): number {
  const { classes } = snapshot;
  let row = from;
  for (let steps = 0; row >= 0 && steps < classes.object.length; steps++) {
    if (!isStandIn(snapshot, row)) return row;
    row = classes.superclass[row]!;
  }
  return -1;
}

/** Whether a row is a singleton class or a module proxy. */
function isStandIn(snapshot: HeapSnapshot, row: number): boolean {
  const object = snapshot.classes.object[row]!;
  const isSingleton = (snapshot.flags[object]! & ObjectFlag.singleton) !== 0;
  return isSingleton || hasTrait(snapshot, descriptorOf(snapshot, object), Trait.proxy);
}

/** Whether the label of such objects follows from their type, whatever their class. */
function isNamedByType({ descriptors }: HeapSnapshot, descriptor: number): boolean {
  const { family } = descriptors.words[descriptor]!;
  return family === 'internal' || (descriptors.traits[descriptor]! & Trait.classLike) !== 0;
}
