/** The meaning of a term of the page, shown in a tooltip wherever the term is used. */
export interface Definition {
  term: string;
  text: string;
  /** The section of the definitions with the full text. */
  section: `numbers.md#${string}`;
}

const define = (term: string, section: Definition['section'], text: string): Definition => ({
  term,
  section,
  text,
});

/** All terms. They are defined in `workers/numbers.md#object` and the sections after it. */
export const GLOSSARY = {
  object: define(
    'Object',
    'numbers.md#object',
    'A record of the dump with an address. Free slots and shapes are counted separately.',
  ),
  objects: define(
    'Objects',
    'numbers.md#object',
    'How many objects. Free slots and shapes are not among them.',
  ),
  address: define(
    'Address',
    'numbers.md#address',
    'Where the object lay in memory when the dump was taken. Addresses are reused after a GC and change under compaction.',
  ),
  label: define(
    'Class label',
    'numbers.md#class-label',
    'The name of the object’s class. (internal) marks objects that Ruby hides from programs, IMEMO objects of the VM such as bytecode and methods, (anonymous) classes without a name.',
  ),
  title: define(
    'Title',
    'numbers.md#title',
    'What distinguishes the object from others of its class: the name of a class, the beginning of a string, the length of an array or hash.',
  ),
  superclass: define(
    'Superclass',
    'numbers.md#class-label',
    'The superclass of the object’s class. Ruby 3.0 and older do not write it.',
  ),
  namespace: define(
    'Namespace',
    'numbers.md#class-label',
    'The modules and classes that the class is defined in: ActiveRecord::Associations.',
  ),
  directory: define(
    'Directory',
    'numbers.md#allocation-site',
    'The directory of the file that allocated the object.',
  ),
  age: define(
    'Age',
    'numbers.md#generation',
    'How many generations before the newest one of the dump the object was allocated. 0 is the newest.',
  ),
  type: define(
    'Type',
    'numbers.md#type',
    'Ruby’s internal type of the object: STRING, ARRAY, OBJECT, DATA, IMEMO …',
  ),
  shallowBytes: define(
    'Shallow size',
    'numbers.md#shallow-size',
    'The memory of the object itself: its slot and what it allocated outside it, as Ruby reports it (memsize). Not the memory of the process: page overhead and malloc slack are not in it.',
  ),
  retainedBytes: define(
    'Retained size',
    'numbers.md#retained-size',
    'What would be freed if this object were gone: its own shallow size and that of everything only it keeps alive. For an unreachable object, its shallow size.',
  ),
  groupRetainedBytes: define(
    'Retained size of a group',
    'numbers.md#retained-size-of-a-group',
    'What would be freed if all members were gone. Members that another member keeps alive count once. Groups overlap, so the column does not add up to the heap.',
  ),
  health: define(
    'What the bytes are for',
    'numbers.md#health',
    'Shallow sizes split into text and numbers, references, headers, code, and the rest: tables and room. An estimate, because the dump does not contain the layout of objects; the parts add up exactly.',
  ),
  finding: define(
    'Finding',
    'numbers.md#finding',
    'A problem, or something worth knowing. Exact: counted. Estimate: based on a stated assumption. Evidence: a sign, not a proof.',
  ),
  effectiveGenerations: define(
    'Effective generations',
    'numbers.md#effective-generations',
    'The number of generations if each had an equal share: two to the power of the entropy. A container that grows without bound has many; a cache that replaces its entries, or a table filled at boot, has few.',
  ),
  rootRetainedBytes: define(
    'Retained by this root alone',
    'numbers.md#retained-size-of-a-root',
    'The size of the objects that no other kind of root reaches. Objects that several kinds of root reach on separate paths belong to none of them, so the column does not add up to the heap.',
  ),
  leakShare: define(
    'LeakShare',
    'numbers.md#leakshare',
    'The retained size of the object, and an equal part of each object that it holds together with others. Retained sizes count such shared objects for none of their holders.',
  ),
  reachable: define(
    'Reachable',
    'numbers.md#reachable',
    'Objects that some GC root reaches: Ruby would keep them in a GC.',
  ),
  unreachable: define(
    'Unreachable',
    'numbers.md#reachable',
    'Objects that no GC root reaches. In a complete dump they are garbage that had not been collected when it was taken.',
  ),
  freeSlots: define('Free slots', 'numbers.md#object', 'Places in Ruby’s heap pages that hold no object.'),
  shapes: define(
    'Shapes',
    'numbers.md#object',
    'Records that describe the layout of instance variables. They are not objects.',
  ),
  root: define(
    'GC root',
    'numbers.md#root',
    'Where Ruby starts marking. What a root refers to is alive, and so is everything that can be reached from there.',
  ),
  machineContext: define(
    'machine_context',
    'numbers.md#root',
    'A conservative scan of the C stack and registers. Objects that only this root reaches may be held by accident.',
  ),
  inlineCaches: define(
    '(inline caches)',
    'numbers.md#inline-caches',
    'Objects that only the inline caches of constants reach. A cache says where a constant is used, not who owns its value.',
  ),
  outsideThisDump: define(
    'outside this dump',
    'numbers.md#partial-dump',
    'The dump has no roots: dump_all(since:) omits them, and a part of a dump may not contain them. Objects without referrers are used as roots, and retained sizes cover this partial dump only.',
  ),
  reference: define(
    'Reference',
    'numbers.md#reference',
    'A pointer from one object to another that keeps it alive.',
  ),
  references: define(
    'References',
    'numbers.md#reference',
    'Distinct objects that this object refers to, its class included.',
  ),
  referrers: define('Referrers', 'numbers.md#reference', 'Distinct objects that refer to this object.'),
  danglingReferences: define(
    'Dangling references',
    'numbers.md#reference',
    'References to addresses of which the dump has no record: counted, and not followed.',
  ),
  selfReferences: define(
    'Self references',
    'numbers.md#reference',
    'References of the object to itself. They keep nothing alive.',
  ),
  multiplicity: define('Times', 'numbers.md#reference', 'How often the same reference occurs in the record.'),
  dominator: define(
    'Immediate dominator',
    'numbers.md#dominator',
    'The nearest object that every path from the roots to this one passes through. If it were gone, this object would be freed too.',
  ),
  dominatorTree: define(
    'Dominator tree',
    'numbers.md#dominator',
    'Each object is below its immediate dominator, so a branch is what would be freed together.',
  ),
  retainerPath: define(
    'Retainer path',
    'numbers.md#retainer-path',
    'A shortest chain of references from a GC root to the object: one reason why it is alive. There may be others.',
  ),
  objectsBehind: define(
    'Objects behind',
    'numbers.md#merged-paths',
    'Objects of the set whose shortest path leads through here, or ends here.',
  ),
  retainedBehind: define(
    'Retained behind',
    'numbers.md#merged-paths',
    'What would be freed if the objects at the end of these paths were gone. An object that another object of the set dominates counts with that one.',
  ),
  pathHolders: define(
    'Holders',
    'numbers.md#merged-paths',
    'How many objects on the paths are merged here. A large number means that the set is held in many places.',
  ),
  chain: define(
    'Run',
    'numbers.md#run',
    'Objects of one class in which each alone keeps the next alive, such as a linked list. They are shown as one row, the first object with the length of the chain.',
  ),
  generation: define(
    'Generation',
    'numbers.md#generation',
    'The number of GC runs before the object was allocated: a count, not a time. Known only for objects allocated while tracing was on.',
  ),
  untraced: define(
    'Untraced',
    'numbers.md#allocation-site',
    'Objects without allocation information: tracing was off when they were allocated.',
  ),
  site: define(
    'Allocation site',
    'numbers.md#allocation-site',
    'The file and line that allocated the object.',
  ),
  file: define('File', 'numbers.md#allocation-site', 'The file that allocated the object.'),
  method: define('Method', 'numbers.md#allocation-site', 'The method that allocated the object.'),
  origin: define(
    'Origin',
    'numbers.md#origin',
    'Whose code allocated the object, by the path of its file: the application, a gem, Ruby with its standard library, eval, Ruby’s internals, or other code.',
  ),
  gem: define(
    'Gem',
    'numbers.md#origin',
    'The gem of the allocation site by its path; the standard library as “ruby <version>”; the application as “application”; other code by its directory.',
  ),
  meanAge: define(
    'Mean age',
    'numbers.md#generation',
    'The mean of the ages of those objects that have a generation, in generations before the newest of the dump.',
  ),
  flags: define('Flags', 'numbers.md#flags', 'Whether the object is old, and other flags of its record.'),
  class: define('Class', 'numbers.md#class-label', 'Objects grouped by class label.'),
  'class-object': define(
    'Class object',
    'numbers.md#class-label',
    'Objects by their class itself: classes of one name, as code reloading leaves them behind, and classes without a name are told apart by their addresses.',
  ),
  copies: define(
    'Copies',
    'numbers.md#duplicate-strings',
    'Strings with the same text, whatever their class and encoding. Texts that have the same hash are read from the file and compared.',
  ),
  wastedBytes: define(
    'Wasted',
    'numbers.md#duplicate-strings',
    'Shallow size of all copies except the largest: what a single shared string would save.',
  ),
  frozenLiterals: define(
    'Saved at most',
    'numbers.md#duplicate-strings',
    'What “# frozen_string_literal: true” would save in this file if all strings that one line allocated with the same text were literals.',
  ),
  encoding: define('Encoding', 'numbers.md#encoding', 'The encoding of a string, from its record.'),
  slot: define(
    'Slot size',
    'numbers.md#encoding',
    'The size of the slot that holds the object, in bytes. Ruby 3.1 and older do not write it.',
  ),
  shape: define(
    'Shape',
    'numbers.md#encoding',
    'The id of the shape of the object: its instance variables, in their order. Ruby 3.1 and older do not write it.',
  ),
  objectSet: define(
    'Object set',
    'numbers.md#object-set',
    'A selection of objects, shown as chips. Every view shows only what is in all of them.',
  ),
  measurementOverhead: define(
    'Measurement overhead',
    'numbers.md#measurement-overhead',
    'The allocation tracer’s own table (ObjectTracing/allocation_info_tracer). It is a cost of tracing, not of the application.',
  ),
  incompleteDump: define(
    'Incomplete dump',
    'numbers.md#incomplete-dump',
    'A dump with missing records: cut off, damaged, or a part of another. Its totals are lower bounds, and objects that seem unreachable may be held by missing ones.',
  ),
  skippedRecords: define(
    'Skipped records',
    'numbers.md#incomplete-dump',
    'Records that could not be read. No other number includes them.',
  ),
  rescuedRecords: define(
    'Rescued records',
    'numbers.md#incomplete-dump',
    'Damaged records whose address, type and size could be read. They count as objects.',
  ),
  foreignLines: define(
    'Foreign lines',
    'numbers.md#incomplete-dump',
    'Lines that are not records, such as other output of the program.',
  ),
  duplicateAddresses: define(
    'Duplicate addresses',
    'numbers.md#object',
    'Records with the address of an earlier record. Only the first one counts.',
  ),
  damagedFields: define(
    'Damaged fields',
    'numbers.md#incomplete-dump',
    'Fields with an impossible value, such as a size larger than any memory. The record counts, without the field.',
  ),
  referencesOnly: define(
    'References only',
    'numbers.md#references-only',
    'Follows only the references lists, as reap and harb do, without references to classes and internal ones. Meant for comparison: many live objects look unreachable by this rule.',
  ),
  newObjects: define(
    'New',
    'numbers.md#new-freed-and-retained',
    'Objects that are in a dump but not in the previous one. The same object has the same address, type, class and, where it was traced, the same allocation site and generation.',
  ),
  survivedObjects: define(
    'Survived',
    'numbers.md#new-freed-and-retained',
    'Objects that are in a dump and in the previous one.',
  ),
  freedObjects: define(
    'Freed',
    'numbers.md#new-freed-and-retained',
    'Objects that are in a dump but not in the next one.',
  ),
  retainedObjects: define(
    'Retained',
    'numbers.md#new-freed-and-retained',
    'Objects that were created between the first dump and the last but one, and still exist in the last. They include what a leak leaves behind.',
  ),
  byAddressOnly: define(
    'By address only',
    'numbers.md#same-object',
    'Untraced objects that were matched by address, type, class, and for strings the content.',
  ),
  slope: define(
    'Slope',
    'numbers.md#growth',
    'Growth of the shallow size of a group per dump: the slope of a straight line through all complete dumps.',
  ),
  growthVerdict: define(
    'Verdict',
    'numbers.md#growth',
    'Keeps growing: larger in each dump than in the one before. Grew once: larger, then constant. Bounded: its objects change, its size does not.',
  ),
  share: define('Share', 'numbers.md#object-set', 'The bar shows the row’s share of the total.'),
} as const satisfies Record<string, Definition>;

/** A term of the glossary. */
export type Term = keyof typeof GLOSSARY;
