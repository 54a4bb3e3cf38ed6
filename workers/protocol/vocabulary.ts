import type { FlagName } from './filter/terms.ts';
import type { GroupingKey } from './object-set.ts';

/** The kinds of object that exist in any language, in the order of legends. */
export const FAMILIES = ['text', 'list', 'map', 'object', 'class', 'data', 'number', 'internal'] as const;

/** A kind of object, independent of the language. Views give each a colour. */
export type Family = (typeof FAMILIES)[number];

/** The names of the families in legends: "Strings, symbols". */
export type FamilyNames = Readonly<Record<Family, string>>;

/**
 * Where the title of an object comes from: what distinguishes it from others with its class label.
 * - `name`: its own name, as classes and modules have one
 * - `name-of-class`: the name of the object in its `class` field, which it stands for
 * - `length-in-brackets`, `length-in-braces`: `[240]`, `{860}`
 * - `kind`: the kind of its descriptor, unless that is the class label already
 * - `site`: the end of its allocation site, `orders.rb:12`
 */
export type TitleRule =
  | 'none'
  | 'name'
  | 'name-of-class'
  | 'length-in-brackets'
  | 'length-in-braces'
  | 'kind'
  | 'site';

/** Properties of the objects of a descriptor, as bits. */
export enum Trait {
  /** It is a class or represents one: it is shown by name, and never merged with others of its label. */
  classLike = 1 << 0,
  /** It can have instances, a superclass and a singleton class. */
  class = 1 << 1,
  /** It represents another class or module in a chain of superclasses. */
  proxy = 1 << 2,
  /** It has a text, which is in the file, or is empty if its length is 0. */
  text = 1 << 3,
  /** If flagged as shared, it has the text of the one object with this trait that it refers to. */
  sharesText = 1 << 4,
  /** Its references are its variables, in the order of its shape. */
  variables = 1 << 5,
  /** It exists only because the heap was measured. */
  overhead = 1 << 6,
  /** It is a thread. */
  thread = 1 << 7,
  /** It refers to the threads that run. */
  threadHolder = 1 << 8,
  /** Most of its references are what is on a stack: a thread, a fiber. */
  stack = 1 << 9,
  /** It belongs to the program's code, as bytecode and methods do, rather than to its data. */
  code = 1 << 10,
  /** Its references are its elements, in order. */
  elements = 1 << 11,
  /** Its references are its keys and values in turn, then its default. */
  entries = 1 << 12,
  /** A block: it refers to its self, its code and its environment. */
  block = 1 << 13,
  /** The variables that a block captured. */
  environment = 1 << 14,
  /** It is a name that is never or rarely collected: if created at run time, it may be a leak. */
  symbol = 1 << 15,
  /** It is a single number or point in time. */
  boxed = 1 << 16,
  /** It is a string: strings of equal text are duplicates. */
  string = 1 << 17,
  /** Its references are its members, in order. */
  members = 1 << 18,
  /** It holds the variables of the object that refers to it, and has the shape for them. */
  fields = 1 << 19,
  /** A piece of bytecode, which refers to the texts of its name. */
  bytecode = 1 << 20,
  /** It refers to some objects weakly: those references are in no record. */
  weak = 1 << 21,
  /** It is what remains of an object whose finalizer has not run yet. */
  zombie = 1 << 22,
}

/** The words and rules for the objects of one type. */
export interface TypeWords {
  family: Family;
  title: TitleRule;
  /** Bits of {@link Trait}. */
  traits: number;
  /** What objects of the type are, if its name does not explain that. */
  note?: string;
}

/** The words and rules for one kind within a type, where they differ from those of the type. */
export interface KindWords extends Partial<TypeWords> {
  type: string;
  kind: string;
}

/** Kinds of edge that the model distinguishes in every format. */
export type ModelEdge =
  /** A reference about which no more is known. */
  | 'reference'
  /** From an object to its class. */
  | 'class'
  /** One that is internal to the runtime; see `ObjectFlag.internalLast`. */
  | 'internal'
  /** From a cache to what is looked up in it: shows where something is used, not who owns it. */
  | 'cache';

/** The edge from a root to what it lists. */
export const ROOT_EDGE: EdgeWords = { kind: 'root', noun: 'root', phrase: 'lists' };

/** The words for one kind of edge. */
export interface EdgeWords {
  /** A {@link ModelEdge}, or a kind that only the format has, as the column `edgeKind` names it. */
  kind: string;
  /** In tables, and on the lines of drawings: `class`. */
  noun: string;
  /** Between two objects: `is an instance of`. */
  phrase: string;
}

/** The names of references from objects with certain traits. */
export interface ReferenceNames {
  /** Of a class. */
  superclass: string;
  /** Precedes the name of a class or module in the one that has it as a constant. */
  constant: string;
  /** To an object that holds another's variables. */
  fields: string;
  /** Of a block. */
  self: string;
  code: string;
  environment: string;
  /** Of an environment. */
  variable: string;
  /** Of an object with members. */
  member: string;
  /** Of an object with entries. */
  key: string;
  value: string;
  default: string;
}

/** What a kind of root means, for readers who do not know the runtime. */
export interface RootMeaning {
  /** A sentence, or the rest of one that begins with the name of the root and a colon. */
  text: string;
  /** Whether being held by it may be an accident, or says less than it seems: the text is then shown as a warning. */
  doubtful: boolean;
}

/** One kind of root of a format. */
export interface RootWords extends RootMeaning {
  name: string;
  /** It lists the running threads, if no object does. */
  listsThreads?: true;
  /** It lists finalizers. */
  finalizers?: true;
}

/** The geometry of a heap: pages of slots, each page after a header of one word, and a slot for each object. */
export interface HeapPageWords {
  /** Bytes of a page, to which it is aligned, if records do not give slot sizes: all slots have `slotWords` words. */
  pageBytes: number;
  slotWords: number;
  /** Bytes of a page if they do: all slots of one page are of one size. */
  sizedPageBytes: number;
}

/**
 * The terms and rules of a file format: all that analyses and views know about it. Defined by the importer; no other
 * code compares type names. Plain data.
 */
export interface Vocabulary {
  /** The format: "Ruby heap dump". */
  format: string;
  families: FamilyNames;
  /** Precedes the version of the runtime: "Ruby". */
  runtime: string;
  /** By type. Pairs rather than an object, since a file can name a type `constructor`. */
  types: readonly (readonly [type: string, words: TypeWords])[];
  /** For types that are not listed. */
  otherTypes: TypeWords;
  kinds: readonly KindWords[];
  /** Precedes the type or kind in the class label of an object without a class: "(internal) ". */
  internalPrefix: string;
  /**
   * The class that owns everything defined at top level, so that it says nothing about an owner. Null if there is none.
   */
  topLevelClass: string | null;
  /** Classes of the runtime that do not show what an object is for, besides those of texts, lists, maps and numbers. */
  generalClasses: readonly string[];
  /** Whether classes have singleton classes, which can be inferred if the records do not show them. */
  hasSingletonClasses: boolean;
  roots: readonly RootWords[];
  /** How the runtime lays out its heap; null if addresses say nothing about that. */
  heapPages: HeapPageWords | null;
  /** All of {@link ModelEdge}, and the kinds that only this format has. */
  edges: readonly EdgeWords[];
  referenceNames: ReferenceNames;
  /** The keys by which objects of this format can be grouped: those for which any object has a value. */
  groupingKeys: readonly GroupingKey[];
  /** The properties that objects of this format can have. */
  flags: readonly FlagName[];
}

/** A vocabulary for formats with nothing special; an importer states only what differs. */
export const USUAL_WORDS = {
  families: {
    text: 'Text',
    list: 'Lists',
    map: 'Maps',
    object: 'Objects',
    class: 'Classes',
    data: 'Native data',
    number: 'Numbers',
    internal: 'Internal',
  },
  otherTypes: { family: 'object', title: 'none', traits: 0 },
  kinds: [],
  internalPrefix: '',
  topLevelClass: null,
  generalClasses: [],
  hasSingletonClasses: false,
  heapPages: null,
  edges: [
    { kind: 'reference', noun: 'reference', phrase: 'refers to' },
    { kind: 'class', noun: 'class', phrase: 'is an instance of' },
    { kind: 'internal', noun: 'internal', phrase: 'internal link to' },
    { kind: 'cache', noun: 'cache', phrase: 'caches' },
  ] satisfies (EdgeWords & { kind: ModelEdge })[],
  referenceNames: {
    superclass: 'superclass',
    constant: 'constant',
    fields: 'variables',
    self: 'self',
    code: 'code',
    environment: 'captured variables',
    variable: 'variable',
    member: 'member',
    key: 'key',
    value: 'value',
    default: 'default',
  },
  groupingKeys: ['class', 'type', 'generation'],
  flags: ['unreachable', 'overhead'],
} as const satisfies Partial<Vocabulary>;

/** The words for a kind of edge; for one that the vocabulary does not list, the name of the kind. */
export function edgeWordsOf({ edges }: Pick<Vocabulary, 'edges'>, kind: string): EdgeWords {
  return edges.find(each => each.kind === kind) ?? { kind, noun: kind, phrase: kind };
}

/** The words for a type and a kind. O(types + kinds): call it once for each descriptor. */
export function wordsOf(vocabulary: Vocabulary, type: string, kind: string): TypeWords {
  const ofType = vocabulary.types.find(([name]) => name === type)?.[1] ?? vocabulary.otherTypes;
  const ofKind = vocabulary.kinds.find(each => each.type === type && each.kind === kind);
  if (ofKind === undefined) return ofType;
  return {
    family: ofKind.family ?? ofType.family,
    title: ofKind.title ?? ofType.title,
    traits: ofKind.traits ?? ofType.traits,
  };
}
