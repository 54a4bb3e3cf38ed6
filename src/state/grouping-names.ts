import type { GroupingKey } from '../../workers/protocol/object-set.ts';

/** Names of the grouping keys on the page. */
export const GROUPING_KEY_NAMES: Readonly<Record<GroupingKey, { name: string; plural: string }>> = {
  class: { name: 'class', plural: 'classes' },
  'class-object': { name: 'class object', plural: 'class objects' },
  superclass: { name: 'superclass', plural: 'superclasses' },
  namespace: { name: 'namespace', plural: 'namespaces' },
  type: { name: 'type', plural: 'types' },
  origin: { name: 'origin', plural: 'origins' },
  gem: { name: 'gem', plural: 'gems' },
  directory: { name: 'directory', plural: 'directories' },
  file: { name: 'file', plural: 'files' },
  site: { name: 'allocation site', plural: 'allocation sites' },
  method: { name: 'method', plural: 'methods' },
  generation: { name: 'generation', plural: 'generations' },
  age: { name: 'age', plural: 'ages' },
  root: { name: 'kind of root', plural: 'kinds of root' },
  dominator: { name: 'class of the dominator', plural: 'classes of dominators' },
  flags: { name: 'flags', plural: 'combinations of flags' },
  encoding: { name: 'encoding', plural: 'encodings' },
  slot: { name: 'slot size', plural: 'slot sizes' },
  shape: { name: 'shape', plural: 'shapes' },
};
