/** What a word or a number of the page means: shown wherever it stands, in these words. */
export interface Definition {
  term: string;
  text: string;
}

const define = (term: string, text: string): Definition => ({ term, text });

/** The definitions of `numbers.md`, one each. */
export const GLOSSARY = {
  object: define('Object', 'A record of the dump with an address. Free slots and shapes are counted apart.'),
  objects: define('Objects', 'How many objects. Free slots and shapes are not among them.'),
  address: define(
    'Address',
    'Where the object lay in memory when the dump was taken. Addresses are reused after a GC and change under compaction.',
  ),
  label: define(
    'Class label',
    'The name of the object’s class. (internal) marks objects that Ruby hides, IMEMO its own bookkeeping, (anonymous) classes without a name.',
  ),
  title: define(
    'Title',
    'What tells this object from others of its class: a class by its name, a string by its beginning, an array or hash by its length.',
  ),
  type: define('Type', 'Ruby’s internal type of the object: STRING, ARRAY, OBJECT, DATA, IMEMO …'),
  shallowBytes: define(
    'Shallow size',
    'The memory of the object itself: its slot and what it allocated outside it, as Ruby reports it (memsize). Not the memory of the process: page overhead and malloc slack are not in it.',
  ),
  retainedBytes: define(
    'Retained size',
    'What would be freed if this object were gone: its own shallow size and that of everything only it keeps alive. For an unreachable object, its shallow size.',
  ),
  groupRetainedBytes: define(
    'Retained size of a group',
    'What would be freed if all members were gone. Members that another member keeps alive count once, so nothing is counted twice; groups overlap each other, so the column need not add up.',
  ),
  rootRetainedBytes: define(
    'Kept by this kind of root alone',
    'What no other kind of root reaches. Objects that several kinds reach by separate ways belong to none, so the column does not add up to the heap.',
  ),
  reachable: define('Reachable', 'Objects that some GC root reaches: Ruby would keep them in a GC.'),
  unreachable: define(
    'Unreachable',
    'Objects that no GC root reaches: garbage that was not collected yet when the dump was taken.',
  ),
  freeSlots: define('Free slots', 'Places in Ruby’s heap pages that hold no object.'),
  shapes: define('Shapes', 'Records that describe the layout of instance variables. They are not objects.'),
  root: define(
    'GC root',
    'Where Ruby starts marking: what a root refers to is alive, and so is everything behind it.',
  ),
  machineContext: define(
    'machine_context',
    'A conservative scan of the C stack and registers: what it alone holds may be held by accident.',
  ),
  inlineCaches: define(
    '(inline caches)',
    'Objects that only the inline caches of constants reach. A cache says where a constant is used, not who owns its value.',
  ),
  outsideThisDump: define(
    'outside this dump',
    'The dump has no roots (dump_all(since:)): objects without a referrer in it stand in for them, and retained sizes are within this partial dump.',
  ),
  reference: define('Reference', 'A pointer from one object to another that keeps it alive.'),
  references: define('References', 'Distinct objects that this object refers to, its class included.'),
  referrers: define('Referrers', 'Distinct objects that refer to this object.'),
  danglingReferences: define(
    'Dangling references',
    'References to addresses of which the dump has no record: counted, and not followed.',
  ),
  selfReferences: define('Self references', 'References of the object to itself. They keep nothing alive.'),
  multiplicity: define('Times', 'How often the same reference occurs in the record.'),
  dominator: define(
    'Immediate dominator',
    'The nearest object that every way from the roots to this one passes: if it were gone, this one would be freed too.',
  ),
  dominatorTree: define(
    'Dominator tree',
    'Each object hangs under its immediate dominator, so a branch is what would be freed together.',
  ),
  retainerPath: define(
    'Retainer path',
    'A shortest chain of references from a GC root to the object: one reason why it is alive. There may be others.',
  ),
  chain: define(
    'Run',
    'Objects of one class in which each alone keeps the next alive, such as a linked list: folded into the first, with the length.',
  ),
  generation: define(
    'Generation',
    'The number of GC runs before the object was allocated: a count, not a time. Known only for objects allocated while tracing was on.',
  ),
  untraced: define(
    'Untraced',
    'Objects without allocation information: they were allocated before tracing was switched on, or it never was.',
  ),
  site: define('Allocation site', 'The file and line that allocated the object.'),
  file: define('File', 'The file that allocated the object.'),
  method: define('Method', 'The method that allocated the object.'),
  gem: define(
    'Gem',
    'The gem of the allocation site by its path; the standard library as “ruby <version>”; everything else by the application’s directory.',
  ),
  class: define('Class', 'Objects grouped by class label.'),
  objectSet: define(
    'Object set',
    'A selection of objects, shown as chips. Every view shows only what is in all of them.',
  ),
  measurementOverhead: define(
    'Measurement overhead',
    'The allocation tracer’s own table (ObjectTracing/allocation_info_tracer). It is there because allocations were traced, not because of the application.',
  ),
  skippedRecords: define('Skipped records', 'Records that could not be read at all: they play no part.'),
  rescuedRecords: define(
    'Rescued records',
    'Damaged records from which address, type and size could be read in spite of it: they count.',
  ),
  foreignLines: define('Foreign lines', 'Lines that are no records, such as other output of the program.'),
  duplicateAddresses: define(
    'Duplicate addresses',
    'Records whose address an earlier record has already: skipped and counted here.',
  ),
  referencesOnly: define(
    'References only',
    'Follows the references lists alone, as reap and harb do, and leaves out classes and internal links. For comparison: many live objects look unreachable by this rule.',
  ),
  share: define('Share', 'The bar: this row’s part of the whole.'),
} as const satisfies Record<string, Definition>;

/** A term of the glossary. */
export type Term = keyof typeof GLOSSARY;
