import type { Retention } from '../../indexes/retention.ts';
import {
  type Adjacency,
  addressOf,
  descriptorOf,
  type HeapSnapshot,
  hasTrait,
} from '../../model/heap-snapshot.ts';
import type { ObjectIndex } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import { classTitle } from '../class-titles.ts';
import { isClassLike } from '../descriptors.ts';
import { objectTitle } from '../object-rows.ts';

/** The owner of an object, by name. */
export interface Owner {
  /** `AuditTrail`, `a Shop::Cart`, `root vm`. */
  name: string;
  /** The class, module or object; -1 for a root. */
  object: ObjectIndex;
}

/** What is needed to name objects. */
export interface NamingInput {
  snapshot: HeapSnapshot;
  retention: Retention;
  /** The referrers of each object. */
  referrers: Adjacency;
}

/** Maximum number of holders that are followed upwards; a chain of dominators may have millions of links. */
const MAX_STEPS = 200;
/** Maximum number of referrers of one object that are examined. */
const MAX_REFERRERS = 1000;

/**
 * The class or module that an object belongs to: the nearest one that dominates it, or refers to it if several
 * objects do. If there is none below `Object`, the nearest dominator of an application class; otherwise the root.
 * O(steps).
 */
export function ownerOf(input: NamingInput, object: ObjectIndex): Owner {
  const { snapshot, retention } = input;
  let instance: ObjectIndex = -1;
  let at = object;
  for (let steps = 0; steps < MAX_STEPS && at >= 0; steps++) {
    if (isClassLike(snapshot, descriptorOf(snapshot, at))) {
      const name = classTitle(snapshot, at);
      if (name !== '' && name !== snapshot.vocabulary.topLevelClass) return { name, object: at };
      // A top-level constant belongs to Object, which is less informative than any other owner.
      if (instance < 0) return { name: name || `a class at ${addressOf(snapshot, at)}`, object: at };
      break;
    }
    if (instance < 0 && at !== object && isInstance(snapshot, at)) instance = at;
    const above = dominatorAbove(retention, at);
    at = above >= 0 && above < snapshot.objects ? above : bestReferrer(input, at);
  }
  if (instance >= 0) return { name: `a ${labelOf(snapshot, instance)}`, object: instance };
  const above = dominatorAbove(retention, object);
  const root = above >= snapshot.objects ? retention.kinds[above - snapshot.objects] : undefined;
  return { name: root === undefined ? 'several roots' : `root ${root}`, object: -1 };
}

/**
 * The text after an object's name in a sentence: ` of AuditTrail`, ` at top level`, ` held by several roots`; empty
 * for an object that is its own owner.
 */
export function ofOwner(snapshot: HeapSnapshot, owner: Owner, object: ObjectIndex): string {
  if (owner.object === object) return '';
  if (owner.object < 0) return ` held by ${owner.name}`;
  return owner.name === snapshot.vocabulary.topLevelClass ? ' at top level' : ` of ${owner.name}`;
}

/** The object that a finding is named after: its owner, or the object itself if the owner says nothing about it. */
export function namedAfter(snapshot: HeapSnapshot, owner: Owner, object: ObjectIndex): string {
  const saysNothing = owner.object < 0 || owner.name === snapshot.vocabulary.topLevelClass;
  return saysNothing ? nameInSentence(snapshot, object) : owner.name;
}

/** Vertex of the immediate dominator of an object; -1 = the super-root, or none. */
function dominatorAbove({ tree }: Retention, object: ObjectIndex): number {
  const above = tree.dominator[tree.position[object]!]!;
  return above === 0 ? -1 : tree.vertex[above]!;
}

/** A class or module that refers to the object, or else an instance; -1 if there is neither. */
function bestReferrer({ snapshot, referrers }: NamingInput, object: ObjectIndex): ObjectIndex {
  const start = referrers.first[object]!;
  const end = Math.min(referrers.first[object + 1]!, start + MAX_REFERRERS);
  let best = -1;
  for (let at = start; at < end; at++) {
    const referrer = referrers.targets[at]!;
    if (hasTrait(snapshot, descriptorOf(snapshot, referrer), Trait.classLike)) {
      const name = classTitle(snapshot, referrer);
      if (name !== '' && name !== snapshot.vocabulary.topLevelClass) return referrer;
    }
    if (best < 0 && isInstance(snapshot, referrer)) best = referrer;
  }
  return best;
}

/** Whether the class of an object shows what it is for: not a collection, a text, or one of Ruby's own. */
export function isInstance(snapshot: HeapSnapshot, object: ObjectIndex): boolean {
  return isOfInstances(snapshot, descriptorOf(snapshot, object));
}

/** The same for a descriptor. */
export function isOfInstances(snapshot: HeapSnapshot, descriptor: number): boolean {
  const { strings, descriptors, vocabulary } = snapshot;
  const { family } = descriptors.words[descriptor]!;
  if (family !== 'object' && family !== 'data') return false;
  if (isHidden(snapshot, descriptor)) return false;
  return !vocabulary.generalClasses.includes(strings.text(descriptors.label[descriptor]!));
}

/** Whether objects of a descriptor have no class, because they are internal to the runtime. */
export function isHidden({ strings, descriptors, vocabulary }: HeapSnapshot, descriptor: number): boolean {
  const { internalPrefix } = vocabulary;
  return internalPrefix !== '' && strings.text(descriptors.label[descriptor]!).startsWith(internalPrefix);
}

/** An object in a sentence: `Array[240]`, `Hash{12}`, `Shop::Cart`, `class AuditTrail`. */
export function nameInSentence(snapshot: HeapSnapshot, object: ObjectIndex): string {
  const title = objectTitle(snapshot, object);
  const descriptor = descriptorOf(snapshot, object);
  if (isClassLike(snapshot, descriptor))
    return `${hasTrait(snapshot, descriptor, Trait.class) ? 'class' : 'module'} ${title || addressOf(snapshot, object)}`;
  const label = labelOf(snapshot, object);
  return /^[[{]/.test(title) ? `${label}${title}` : title === '' ? label : `${label} (${title})`;
}

/** Class label of an object. */
export function labelOf(snapshot: HeapSnapshot, object: ObjectIndex): string {
  return snapshot.strings.text(snapshot.descriptors.label[descriptorOf(snapshot, object)]!);
}
