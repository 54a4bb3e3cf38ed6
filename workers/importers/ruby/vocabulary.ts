import { FLAG_NAMES } from '../../protocol/filter/terms.ts';
import { GROUPING_KEYS } from '../../protocol/object-set.ts';
import {
  type Family,
  type TitleRule,
  Trait,
  type TypeWords,
  USUAL_WORDS,
  type Vocabulary,
} from '../../protocol/vocabulary.ts';
import { RUBY_ROOTS } from './roots.ts';

function words(family: Family, title: TitleRule = 'none', traits = 0): TypeWords {
  return { family, title, traits };
}

/** What Heapscape knows about Ruby's types, structs and roots. */
export const RUBY_VOCABULARY: Vocabulary = {
  format: 'Ruby heap dump',
  runtime: 'Ruby',
  families: {
    text: 'Strings, symbols',
    list: 'Arrays',
    map: 'Hashes',
    object: 'Objects, structs',
    class: 'Classes, modules',
    data: 'C data',
    number: 'Numbers',
    internal: 'Internal',
  },
  types: [
    ['STRING', words('text', 'none', Trait.text | Trait.sharesText | Trait.string)],
    ['SYMBOL', words('text', 'none', Trait.text | Trait.symbol)],
    ['REGEXP', words('text')],
    ['MATCH', words('text')],
    ['ARRAY', words('list', 'length-in-brackets', Trait.elements)],
    ['HASH', words('map', 'length-in-braces', Trait.entries)],
    ['OBJECT', words('object', 'none', Trait.variables)],
    ['STRUCT', words('object', 'none', Trait.members)],
    ['CLASS', words('class', 'name', Trait.classLike | Trait.class)],
    ['MODULE', words('class', 'name', Trait.classLike)],
    ['ICLASS', words('class', 'name-of-class', Trait.classLike | Trait.proxy)],
    ['DATA', words('data', 'kind')],
    ['FILE', words('data')],
    ['FLOAT', words('number', 'none', Trait.boxed)],
    ['BIGNUM', words('number', 'none', Trait.boxed)],
    ['RATIONAL', words('number', 'none', Trait.boxed)],
    ['COMPLEX', words('number', 'none', Trait.boxed)],
    ['ZOMBIE', words('internal', 'none', Trait.zombie)],
    ['IMEMO', { ...words('internal'), note: 'VM internals: bytecode, methods' }],
  ],
  // NODE, and types of later Rubies.
  otherTypes: words('internal'),
  kinds: [
    { type: 'DATA', kind: 'proc', title: 'site', traits: Trait.block },
    { type: 'DATA', kind: 'fiber', traits: Trait.stack },
    { type: 'DATA', kind: 'VM/thread', traits: Trait.thread | Trait.stack },
    { type: 'DATA', kind: 'time', traits: Trait.boxed },
    { type: 'DATA', kind: 'ractor', traits: Trait.threadHolder },
    { type: 'DATA', kind: 'ObjectTracing/allocation_info_tracer', traits: Trait.overhead },
    ...['weakmap', 'weakkeymap'].map(kind => ({ type: 'DATA', kind, traits: Trait.weak })),
    { type: 'IMEMO', kind: 'env', traits: Trait.environment },
    { type: 'IMEMO', kind: 'fields', traits: Trait.variables | Trait.fields },
    { type: 'IMEMO', kind: 'iseq', traits: Trait.code | Trait.bytecode },
    ...['ment', 'cref', 'constcache', 'callcache', 'callinfo'].map(kind => ({
      type: 'IMEMO',
      kind,
      traits: Trait.code,
    })),
  ],
  internalPrefix: '(internal) ',
  topLevelClass: 'Object',
  generalClasses: [
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
      'Mutex',
      'Thread::Mutex',
      'Monitor',
      'Struct',
      'ObjectSpace::WeakMap',
      'ObjectSpace::WeakKeyMap',
    ],
  ],
  hasSingletonClasses: true,
  roots: RUBY_ROOTS,
  edges: USUAL_WORDS.edges,
  referenceNames: USUAL_WORDS.referenceNames,
  heapPages: { pageBytes: 16_384, slotWords: 5, sizedPageBytes: 65_536 },
  groupingKeys: GROUPING_KEYS,
  flags: FLAG_NAMES,
};
