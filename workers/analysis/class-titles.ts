import {
  addressOf,
  classObjectOf,
  classRowOf,
  descriptorOf,
  type HeapSnapshot,
  hasTrait,
} from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { Trait } from '../protocol/vocabulary.ts';
import { isClassLike } from './descriptors.ts';

/** Maximum depth of nested singleton classes; Ruby creates two levels by itself. */
const MAX_DEPTH = 8;
/** Maximum number of superclasses that are followed; only a damaged dump has a longer chain, or a cycle. */
const MAX_CHAIN = 10_000;

/**
 * The name under which a class or module can be found: its own, or for a singleton class that of its object, as in
 * `#<Class:User>`. Empty if there is none. O(log classes).
 */
export function className(snapshot: HeapSnapshot, object: ObjectIndex): string {
  const { classes, flags } = snapshot;
  if ((flags[object]! & ObjectFlag.singleton) === 0) return nameOf(snapshot, object);
  const row = classRowOf(classes, object);
  const attached = row < 0 ? -1 : classes.attached[row]!;
  const name = attached < 0 ? '' : nameOf(snapshot, classes.object[attached]!);
  return name === '' ? '#<Class:…>' : `#<Class:${name}>`;
}

/**
 * The title of a class or module, as Ruby would print it: its name; `(subclass of User)` if it has none; for a
 * singleton class `#<Class:User>`, or `#<Class:#<User:0x7f…>>` for that of an instance. Empty if the dump contains
 * none of these. O(references of singleton classes; of any class up to Ruby 2.7, where they look like others).
 */
export function classTitle(snapshot: HeapSnapshot, object: ObjectIndex): string {
  let at = object;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const attached = attachedTo(snapshot, at);
    if (attached === null) return within(depth, ownTitle(snapshot, at), addressOf(snapshot, at));
    if (attached < 0) {
      const ancestor = namedAncestor(snapshot, at);
      return within(depth + 1, ancestor === '' ? '…' : `#<${ancestor}>`, '');
    }
    if (!isClassLike(snapshot, descriptorOf(snapshot, attached))) {
      const { strings, descriptors } = snapshot;
      const label = strings.text(descriptors.label[descriptorOf(snapshot, attached)]!);
      return within(depth + 1, `#<${label}:${addressOf(snapshot, attached)}>`, '');
    }
    at = attached;
  }
  return within(MAX_DEPTH, '…', '');
}

/** A title within `depth` singleton classes; an empty title is replaced by the address. */
function within(depth: number, title: string, address: string): string {
  if (depth === 0) return title;
  return `${'#<Class:'.repeat(depth)}${title || address}${'>'.repeat(depth)}`;
}

function ownTitle(snapshot: HeapSnapshot, object: ObjectIndex): string {
  const name = nameOf(snapshot, object);
  if (name !== '' || !isClass(snapshot, object)) return name;
  const ancestor = namedAncestor(snapshot, object);
  return ancestor === '' ? '' : `(subclass of ${ancestor})`;
}

/** The object of a singleton class; -1 = not in the dump; null = the class is not a singleton class. */
function attachedTo(snapshot: HeapSnapshot, object: ObjectIndex): ObjectIndex | null {
  const { classes, flags } = snapshot;
  if ((flags[object]! & ObjectFlag.singleton) !== 0) {
    const row = classRowOf(classes, object);
    const attached = row < 0 ? -1 : classes.attached[row]!;
    return attached >= 0 ? classes.object[attached]! : ownInstance(snapshot, object);
  }
  if (!snapshot.vocabulary.hasSingletonClasses) return null;
  if (classes.hasSingletonClasses || !isClass(snapshot, object)) return null;
  const instance = ownInstance(snapshot, object);
  if (instance < 0) return null;
  // Without a name (Ruby 3.0): every class has a singleton class, and only a singleton class is the class of a class.
  const name = nameOf(snapshot, object);
  if (name === '') return isClass(snapshot, instance) ? instance : null;
  // Up to Ruby 2.7 it has the name of its superclass, and refers to it as well as to its instance.
  return refersToNamesake(snapshot, object, name) ? instance : null;
}

/**
 * The instance of the class to which the class refers: a singleton class refers to its only instance. -1 if there is
 * none. The last one counts: the superclass comes first, and the superclass of `#<Class:Class>` is an instance of it
 * as well.
 */
function ownInstance(snapshot: HeapSnapshot, object: ObjectIndex): ObjectIndex {
  const { first, targets } = snapshot.references;
  for (let at = first[object + 1]! - 1; at >= first[object]!; at--) {
    if (classObjectOf(snapshot, targets[at]!) === object) return targets[at]!;
  }
  return -1;
}

function refersToNamesake(snapshot: HeapSnapshot, object: ObjectIndex, name: string): boolean {
  const { first, targets } = snapshot.references;
  for (let at = first[object]!; at < first[object + 1]!; at++) {
    if (classRowOf(snapshot.classes, targets[at]!) >= 0 && nameOf(snapshot, targets[at]!) === name)
      return true;
  }
  return false;
}

/** Name of the first superclass that has one and is not a singleton class; empty if none is in the dump. */
export function namedAncestor(snapshot: HeapSnapshot, object: ObjectIndex): string {
  const { classes, flags } = snapshot;
  let row = classRowOf(classes, object);
  for (let steps = 0; steps < MAX_CHAIN && row >= 0; steps++) {
    row = classes.superclass[row]!;
    if (row < 0) return '';
    const ancestor = classes.object[row]!;
    const isSingleton = (flags[ancestor]! & ObjectFlag.singleton) !== 0;
    const name = isSingleton ? '' : nameOf(snapshot, ancestor);
    if (name !== '') return name;
  }
  return '';
}

function nameOf({ classes, strings }: HeapSnapshot, object: ObjectIndex): string {
  const row = classRowOf(classes, object);
  return row < 0 ? '' : strings.text(classes.name[row]!);
}

function isClass(snapshot: HeapSnapshot, object: ObjectIndex): boolean {
  return hasTrait(snapshot, descriptorOf(snapshot, object), Trait.class);
}
