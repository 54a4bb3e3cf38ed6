import type { Retention } from '../../indexes/retention.ts';
import { type Adjacency, addressOf, descriptorOf, type HeapSnapshot } from '../../model/heap-snapshot.ts';
import type { ObjectIndex } from '../../protocol/units.ts';
import { classTitle, isClassLike } from '../class-titles.ts';
import { objectTitle } from '../object-rows.ts';

/** Who an object belongs to, by name. */
export interface Owner {
  /** `AuditTrail`, `a Shop::Cart`, `root vm`. */
  name: string;
  /** The class, module or object; -1 for a root. */
  object: ObjectIndex;
}

/** What is asked to name objects. */
export interface NamingInput {
  snapshot: HeapSnapshot;
  retention: Retention;
  /** The referrers of each object. */
  referrers: Adjacency;
}

/** Holders are followed so far up; a chain of dominators may have millions of links. */
const MAX_STEPS = 200;
/** Referrers of one object that are looked at. */
const MAX_REFERRERS = 1000;

/**
 * The class or module that an object belongs to: the nearest that dominates it, or refers to it where several things
 * do. Where there is none below `Object`, the nearest object of a class of its own; then the root. O(steps).
 */
export function ownerOf(input: NamingInput, object: ObjectIndex): Owner {
  const { snapshot, retention } = input;
  let instance: ObjectIndex = -1;
  let at = object;
  for (let steps = 0; steps < MAX_STEPS && at >= 0; steps++) {
    if (isClassLike(typeOf(snapshot, at))) {
      const name = classTitle(snapshot, at);
      if (name !== '' && name !== 'Object') return { name, object: at };
      // A constant at top level belongs to Object, which says nothing where something else does.
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

/** Vertex of the immediate dominator of an object; -1 = the super-root, or none. */
function dominatorAbove({ tree }: Retention, object: ObjectIndex): number {
  const above = tree.dominator[tree.position[object]!]!;
  return above === 0 ? -1 : tree.vertex[above]!;
}

/** A class or module that refers to the object, or else an instance; -1 where there is neither. */
function bestReferrer({ snapshot, referrers }: NamingInput, object: ObjectIndex): ObjectIndex {
  const start = referrers.first[object]!;
  const end = Math.min(referrers.first[object + 1]!, start + MAX_REFERRERS);
  let best = -1;
  for (let at = start; at < end; at++) {
    const referrer = referrers.targets[at]!;
    const type = typeOf(snapshot, referrer);
    if (type === 'CLASS' || type === 'MODULE') {
      const name = classTitle(snapshot, referrer);
      if (name !== '' && name !== 'Object') return referrer;
    }
    if (best < 0 && isInstance(snapshot, referrer)) best = referrer;
  }
  return best;
}

/** Classes of Ruby that say nothing of what an object is for. */
const CORE: ReadonlySet<string> = new Set([
  ...[
    'Set',
    'Proc',
    'Method',
    'UnboundMethod',
    'Binding',
    'Thread',
    'Fiber',
    'Ractor',
    'Object',
    'Range',
    'Time',
  ],
  ...[
    'Enumerator',
    'Thread::Mutex',
    'Mutex',
    'Monitor',
    'ObjectSpace::WeakMap',
    'ObjectSpace::WeakKeyMap',
    'Struct',
  ],
]);

/** Whether an object says by its class what it is for: no collection, no text, nothing of Ruby's own. */
export function isInstance(snapshot: HeapSnapshot, object: ObjectIndex): boolean {
  return isOfInstances(snapshot, descriptorOf(snapshot, object));
}

/** The same of a descriptor. */
export function isOfInstances({ strings, descriptors }: HeapSnapshot, descriptor: number): boolean {
  const type = strings.text(descriptors.type[descriptor]!);
  if (type !== 'OBJECT' && type !== 'STRUCT' && type !== 'DATA') return false;
  const label = strings.text(descriptors.label[descriptor]!);
  return !label.startsWith('(') && !CORE.has(label);
}

/** An object in a sentence: `Array[240]`, `Hash{12}`, `Shop::Cart`, `class AuditTrail`. */
export function nameInSentence(snapshot: HeapSnapshot, object: ObjectIndex): string {
  const type = typeOf(snapshot, object);
  const title = objectTitle(snapshot, object);
  if (isClassLike(type))
    return `${type === 'CLASS' ? 'class' : 'module'} ${title || addressOf(snapshot, object)}`;
  const label = labelOf(snapshot, object);
  return /^[[{]/.test(title) ? `${label}${title}` : title === '' ? label : `${label} (${title})`;
}

/** Type of an object. */
export function typeOf(snapshot: HeapSnapshot, object: ObjectIndex): string {
  return snapshot.strings.text(snapshot.descriptors.type[descriptorOf(snapshot, object)]!);
}

/** Class label of an object. */
export function labelOf(snapshot: HeapSnapshot, object: ObjectIndex): string {
  return snapshot.strings.text(snapshot.descriptors.label[descriptorOf(snapshot, object)]!);
}
