import type { OracleObject } from '../oracle-ruby-dump.ts';
import { isClassLike, type OracleTree } from '../oracle-tree.ts';

/** General classes, whose name does not show what an object is used for. */
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

/** Whether the class of an object shows what it is used for: not a collection, a text or a class of Ruby itself. */
export function isOfInstances(object: OracleObject): boolean {
  const isData = ['OBJECT', 'STRUCT', 'DATA', 'FILE'].includes(object.type);
  return isData && !isHidden(object) && !GENERAL.includes(object.label);
}

/**
 * The class or module that an object belongs to, or otherwise the nearest object whose class is not a general one; null
 * = a root. Goes up by dominators. At an object with several holders, it continues at a class that refers to it, or
 * otherwise at an instance that does.
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

/** Whether an object belongs to the runtime: it is hidden, and has no owner with a name. */
export function isRuntimes(tree: OracleTree, object: OracleObject): boolean {
  if (!isHidden(object)) return false;
  const owner = ownerOf(tree, object);
  return owner === null || owner.fields.struct === 'ractor';
}
