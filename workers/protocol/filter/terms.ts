import type { GroupingKey } from '../object-set.ts';

/** The kinds of value that a term can take; `TermValues` defines each. */
export type TermKind =
  | 'text'
  | 'class'
  | 'group'
  | 'bytes'
  | 'count'
  | 'generation'
  | 'flag'
  | 'filter'
  | 'id';

export const OPERATORS = ['<=', '>=', '!=', '<', '>', '='] as const;
export type Operator = (typeof OPERATORS)[number];

/** What a term takes, and how it is explained. */
export interface TermDeclaration {
  takes: TermKind;
  /** One sentence. */
  help: string;
  /** Complete filters, which are shown and can be clicked. */
  examples: readonly [string, ...string[]];
  /** Other spellings of the name. */
  aliases?: readonly string[];
  /** For terms that take a text: the grouping whose labels are its values, for completion. */
  group?: GroupingKey;
  /** The word for objects that have no value. */
  nothing?: string;
}

/**
 * The terms of the filter language. Parser, printer, help, completion and compiler are derived from this table: a
 * new term is a compile error wherever it is not handled yet.
 */
export const TERMS = {
  class: {
    takes: 'class',
    help: 'The class: its whole name, or a part of it; with + all that inherits from it, or includes the module.',
    examples: ['class:User', 'class:ActiveRecord::Base+', 'class:/Controller$/'],
    group: 'class',
  },
  type: {
    takes: 'text',
    help: 'The type that Ruby itself tells objects apart by, such as STRING, DATA or IMEMO.',
    examples: ['type:STRING', 'type:IMEMO'],
    group: 'type',
  },
  origin: {
    takes: 'group',
    help: 'Whose code allocated the object: application, gem, ruby (with its standard library), eval, internal or other.',
    examples: ['origin:application', 'origin:gem'],
    group: 'origin',
    nothing: 'untraced',
  },
  gem: {
    takes: 'group',
    help: 'The gem whose code allocated the object, Ruby itself, or application.',
    examples: ['gem:activerecord', 'gem:untraced'],
    group: 'gem',
    nothing: 'untraced',
  },
  directory: {
    takes: 'group',
    help: 'The directory of the file whose code allocated the object.',
    examples: ['directory:app/models'],
    group: 'directory',
    nothing: 'untraced',
  },
  file: {
    takes: 'group',
    help: 'The file whose code allocated the object.',
    examples: ['file:app/models', 'file:/_spec\\.rb$/'],
    group: 'file',
    nothing: 'untraced',
  },
  site: {
    takes: 'group',
    help: 'The file and line that allocated the object.',
    examples: ['site:app/models/user.rb:12'],
    group: 'site',
    nothing: 'untraced',
  },
  method: {
    takes: 'group',
    help: 'The method that allocated the object.',
    examples: ['method:initialize', 'method:none'],
    group: 'method',
    nothing: 'none',
  },
  gen: {
    takes: 'generation',
    help: 'The generation: how often the garbage collector had run when the object was allocated.',
    examples: ['gen:47', 'gen:40..52', 'gen:untraced'],
    aliases: ['generation'],
    group: 'generation',
    nothing: 'untraced',
  },
  age: {
    takes: 'count',
    help: 'Generations since the object was allocated: the newest generation of the dump has the age 0.',
    examples: ['age<5', 'age>=20'],
  },
  size: {
    takes: 'bytes',
    help: 'The shallow size. 1KB is 1024 bytes, as everywhere here.',
    examples: ['size>1KB', 'size:40'],
  },
  retained: {
    takes: 'bytes',
    help: 'The retained size: what would be freed if the object were gone.',
    examples: ['retained>1MB'],
  },
  length: {
    takes: 'bytes',
    help: 'Bytes of a string, elements of an array, entries of a hash. Other objects have none.',
    examples: ['length>1000', 'type:ARRAY length=0'],
  },
  refs: {
    takes: 'count',
    help: 'How many objects the object refers to, its class included.',
    examples: ['refs>100'],
  },
  referrers: {
    takes: 'count',
    help: 'How many objects refer to the object; of a class, its instances too.',
    examples: ['referrers=0', 'referrers>1000'],
  },
  is: {
    takes: 'flag',
    help: 'A property that an object has or has not.',
    examples: ['is:unreachable', 'is:frozen type:STRING'],
  },
  in: {
    takes: 'filter',
    help: 'Retained by the object at an address, or by one of the objects that a filter finds: these, and what they dominate.',
    examples: ['in:0x7f5d3c0a1b28', 'in:class:SessionStore'],
  },
  holds: {
    takes: 'filter',
    help: 'Refers directly to an object that the filter finds.',
    examples: ['holds:class:User', 'holds:(type:STRING size>1MB)'],
  },
  heldby: {
    takes: 'filter',
    help: 'An object that the filter finds refers to it directly.',
    examples: ['heldby:class:User', 'heldby:0x7f5d3c0a1b28'],
  },
  copies: {
    takes: 'filter',
    help: 'A string whose text several strings have, the one at an address or one that a filter finds among them.',
    examples: ['copies:0x7f5d3c0a1b28', 'copies:type:STRING'],
  },
  root: {
    takes: 'text',
    help: 'Reached from roots of this kind, and from no other kind.',
    examples: ['root:machine_context', 'root:global_tbl'],
  },
  id: {
    takes: 'id',
    help: 'The object that has this object_id: the records of Ruby 4.0 and later tell it, up to 2.6 it is the address.',
    examples: ['id:80'],
  },
  value: {
    takes: 'text',
    help: 'A string or symbol whose text contains the value, ignoring case, or matches. Reads the file; shared strings, whose records have no text, are not found.',
    examples: ['value:"BEGIN CERTIFICATE"', 'value:/^https?:/'],
  },
  shape: {
    takes: 'group',
    help: 'The shape of the object, by its id (Ruby 3.2 and later).',
    examples: ['shape:12', 'shape:none'],
    group: 'shape',
    nothing: 'none',
  },
  slot: {
    takes: 'bytes',
    help: 'The size of the slot that holds the object (Ruby 3.2 and later).',
    examples: ['slot:640'],
  },
  encoding: {
    takes: 'group',
    help: 'The encoding of a string.',
    examples: ['encoding:UTF-8', 'encoding:BINARY'],
    group: 'encoding',
    nothing: 'none',
  },
} as const satisfies Record<string, TermDeclaration>;

/** The names of all terms. */
export type TermName = keyof typeof TERMS;

export const TERM_NAMES = Object.keys(TERMS) as TermName[];

/** The declaration of a term, with optional properties readable on every term. */
export function declarationOf(name: TermName): TermDeclaration {
  return TERMS[name];
}

/** A text without a name before it. */
export const WORDS: Pick<TermDeclaration, 'help' | 'examples'> = {
  help: 'A text: the class, the allocation site, the method, or the name of a class or module contains it. An address or an object id is the object itself, and so is what inspect prints of it.',
  examples: [
    'order',
    '"app/models user"',
    '/^Order(Line)?$/',
    '0x7f5d3c0a1b28',
    '#<Order:0x00007f5d3c0a1b28 @id=1>',
  ],
};

/** The properties that `is:` can ask for, each with what it means. */
export const FLAGS = {
  reachable: 'a root leads to it',
  unreachable: 'no root leads to it: garbage that was not collected yet, if the dump is complete',
  root: 'a root lists it directly',
  traced: 'its generation is known',
  untraced: 'its generation is not known: it was allocated while allocations were not traced',
  frozen: 'it cannot be changed',
  old: 'it survived several collections, and only major ones look at it',
  young: 'it is not old',
  shared: 'it shares its contents with another string or array',
  embedded: 'its contents are within its slot',
  fstring: 'a string that is kept once for all equal ones',
  pinned: 'compaction must not move it',
  singleton: 'a singleton class',
  broken: 'a string whose bytes are not valid in its encoding',
  shareable: 'ractors may share it; Ruby 4.0 and newer tell',
  new: 'of a series: the dump before does not have it',
  survived: 'of a series: the dump before has it, too',
  freed: 'of a series: the dump that follows does not have it',
  retained: 'of a series: it was created between the first dump and the previous one, and is still there',
  'matched-by-address':
    'of a series: it matches an object of the dump before by address, type and class only (and the content of a string), because it was not traced',
  overhead: "the allocation tracer's own data, which is there only because allocations were traced",
} as const;

export type FlagName = keyof typeof FLAGS;

export const FLAG_NAMES = Object.keys(FLAGS) as FlagName[];
