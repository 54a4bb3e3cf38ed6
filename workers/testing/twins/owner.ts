import type { OracleObject } from '../oracle-ruby-dump.ts';
import { isClassLike, type OracleTree } from '../oracle-tree.ts';

/** Classes whose name does not say what an object is for. */
const GENERAL = [
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
  ...['Enumerator', 'Mutex', 'Thread::Mutex', 'Monitor', 'Struct', 'ObjectSpace::WeakMap'],
  'ObjectSpace::WeakKeyMap',
];

const isHidden = ({ label }: OracleObject) => label.startsWith('(internal) ');

/** Whether an object says by its class what it is for: no collection, no text, nothing of Ruby's own. */
export function isOfInstances(object: OracleObject): boolean {
  const isData = ['OBJECT', 'STRUCT', 'DATA', 'FILE'].includes(object.type);
  return isData && !isHidden(object) && !GENERAL.includes(object.label);
}

/**
 * The class or module that an object belongs to, or else the nearest object of a class of its own; null = a root. Upwards
 * by dominators; where several things hold an object, on at a class that refers to it, or else at an instance that does.
 */
export function ownerOf(tree: OracleTree, object: OracleObject): OracleObject | null {
  let instance: OracleObject | null = null;
  let at: OracleObject | null = object;
  while (at !== null) {
    if (isClassLike(at)) {
      if (at.fields.name !== 'Object' || instance === null) return at;
      break;
    }
    if (instance === null && at !== object && isOfInstances(at)) instance = at;
    at = tree.holderOf(at) ?? namedReferrer(tree, at);
  }
  return instance;
}

/** The first class or module with a name that refers to an object, or else the first instance. */
function namedReferrer({ objects }: OracleTree, { address }: OracleObject): OracleObject | null {
  const all = objects.filter(each => each.address !== address && each.references.includes(address));
  const named = all.find(each => isClassLike(each) && each.fields.name !== 'Object');
  return named ?? all.find(isOfInstances) ?? null;
}

/** Whether an object is Ruby's own: hidden, and nothing with a name holds it. */
export function isRuntimes(tree: OracleTree, object: OracleObject): boolean {
  if (!isHidden(object)) return false;
  const owner = ownerOf(tree, object);
  return owner === null || owner.fields.struct === 'ractor';
}
