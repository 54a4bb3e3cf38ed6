import type { ObjectSetSpec } from './object-set.ts';
import type { Origin } from './origin.ts';
import type { AddressText, ByteOffset, Bytes, Count, Generation, LineNumber, ObjectIndex } from './units.ts';
import type { EdgeWords, Family, Vocabulary } from './vocabulary.ts';

/** The type of a record, as the file names it. What it means is in the vocabulary of the format. */
export type TypeName = string;

/** A count and the shallow bytes of some objects. */
export interface Tally {
  objects: Count;
  shallowBytes: Bytes;
}

export interface TypeRow extends Tally {
  type: TypeName;
  family: Family;
}

/** One object, as lists and paths show it. Made from columns alone: no read of the file. */
export interface ObjectRow {
  index: ObjectIndex;
  address: AddressText;
  type: TypeName;
  family: Family;
  /** It is a class or what stands for one: its title says more than its label. */
  isNamed: boolean;
  /** It has a text, which `excerpts` and `object` read. */
  hasText: boolean;
  /** Class label: `AuditTrail::Event`, `Class`, `(internal) ARRAY`, `IMEMO:ment`. */
  label: string;
  /**
   * What tells this object from others of its label: the name of a class or module, `[240]` for an array,
   * `{860}` for a hash, the struct of a DATA. Empty if there is nothing. Strings' text comes from
   * `excerpts`, since it is read from the file.
   */
  title: string;
  shallowBytes: Bytes;
  /** Equal to `shallowBytes` for an unreachable object. */
  retainedBytes: Bytes;
  reachable: boolean;
  generation: Generation | null;
  /** `file:line`, or null if untraced. */
  site: string | null;
  /** The columns that were requested, in their order. */
  values?: ColumnValue[];
}

/** What a column shows of an object; null = it has none. */
export type ColumnValue = string | number | null;

/** An object that was looked for. */
export interface FoundObject {
  object: ObjectIndex;
  address: AddressText;
}

/** What dominates an object. */
export type Dominator =
  | { kind: 'object'; object: ObjectRow }
  /** Only this kind of root reaches the object. */
  | { kind: 'root'; root: string }
  /** Several roots reach it by separate ways. */
  | { kind: 'roots' }
  | { kind: 'unreachable' };

/** How one object refers to another: the kind of edge, with the words of the format for it. */
export interface EdgeName extends EdgeWords {
  /** How often the reference occurs in the record. */
  multiplicity: Count;
  /** `@email`, `[3]`, `["key"]`, `superclass` …: only where it is certain. */
  name: string | null;
}

/** A referrer or a reference of an object. */
export interface Neighbour extends EdgeName {
  object: ObjectRow;
}

/** A window of a longer list. */
export interface Window<Row> {
  /** Rows of the whole list. */
  total: Count;
  offset: number;
  rows: Row[];
}

/** A group of a grouping. */
export interface GroupRow {
  /** The group's label; null for objects that have no value for the key, such as untraced ones. */
  label: string | null;
  objects: Count;
  shallowBytes: Bytes;
  /** Freed if all members were gone: members that another member dominates count once. Groups overlap. */
  retainedBytes: Bytes;
  /** Mean age of the members that have a generation; null if none has. */
  meanAge: number | null;
  /** For class groups: the type that most of its members have, and its family. */
  type: TypeName | null;
  family: Family | null;
  /** For groups by where code is (origin, gem, directory, file, site): the origin; else null. */
  origin: Origin | null;
}

/** Objects of a class that those of another refer to, or that refer to them. */
export interface ClassNeighbour {
  /** All objects of the class. */
  group: GroupRow;
  /** References between the two; several from one object to another count once. */
  references: Count;
}

/** A window of the classes around a class, those with most references first. */
export interface ClassNeighbours extends Window<ClassNeighbour> {
  /** The class itself; null if the heap has no object of it. */
  group: GroupRow | null;
  /** References between its own objects. */
  own: Count;
}

/** One kind of root. */
export interface RootRow {
  /** vm, machine_context, global_tbl …; "(inline caches)" and "outside this dump" are pseudo-roots. */
  name: string;
  /** Distinct addresses that the dump lists for it. */
  references: Count;
  /** Bytes that only this kind of root keeps alive. */
  retainedBytes: Bytes;
}

/** A record or a line that could not be read, or only in part. */
export interface SkippedRecord {
  line: LineNumber;
  offset: ByteOffset;
  reason: string;
  /** The first bytes of it, as plain text; at most 200 characters. */
  excerpt: string;
}

/** A field whose value cannot be true: the record counts, the field as if it were absent. */
export interface DamagedField {
  /** Where the record starts. */
  line: LineNumber;
  offset: ByteOffset;
  /** The key, such as "memsize". */
  field: string;
  /** The value as it stands in the file, as plain text; at most 60 characters. */
  value: string;
}

/** Where a dump stops within a record. */
export interface Truncation {
  /** Where the cut record starts. */
  line: LineNumber;
  offset: ByteOffset;
  /**
   * `end-of-file`: the file ends there. `crash`: the interpreter's crash report follows, so that the process crashed
   * while it wrote the dump. `other-text`: text follows that is no record.
   */
  cause: 'end-of-file' | 'crash' | 'other-text';
  /** The first line of the text that follows, at most 200 characters: "[BUG] Segmentation fault at …". */
  followedBy: string | null;
}

/** A second dump behind the first in the same file. It plays no part. */
export interface SecondDump {
  /** Where its first record starts. */
  line: LineNumber;
  offset: ByteOffset;
  /** Records from there on, whether or not the first dump has their addresses. */
  records: Count;
}

/** What the importer could not take as it stood, and how much there was of it. */
export interface ImportReport {
  /**
   * Records met in the text: objects, records of roots, shapes and free slots, skipped records, duplicate addresses,
   * and what a second dump has besides those.
   */
  records: Count;
  /** Records that could not be read at all: they play no part. Duplicate addresses are not among them. */
  skippedRecords: Count;
  /** Damaged records that were read in spite of it, and count. */
  rescuedRecords: Count;
  /** Lines, and pieces of lines between records, that are no records: other output of the program. */
  foreignLines: Count;
  /** Records whose address an earlier record has, those of a second dump included: they play no part. */
  duplicateAddresses: Count;
  /** Fields with an impossible value, such as a memsize of 2^64 - 1: their records count without them. */
  damagedFields: Count;
  /**
   * Records in a layout that Ruby does not write: other spacing, several lines, another order of keys. They are whole,
   * and were read in a slower way.
   */
  rewrittenRecords: Count;
  /** The first twenty of each, in file order. */
  skipped: SkippedRecord[];
  rescued: SkippedRecord[];
  foreign: SkippedRecord[];
  damaged: DamagedField[];
  /** The dump stops within a record, whatever follows: it is incomplete. The same as `truncation !== null`. */
  truncated: boolean;
  truncation: Truncation | null;
  /** The text begins within a record: it is a later part of a dump that was split, and incomplete. */
  beginsWithinRecord: boolean;
  /** Null if the file holds one dump, as nearly all do. */
  secondDump: SecondDump | null;
  /** Why the text of a compressed file ended too early, or is not to be trusted; one sentence. Null if all is well. */
  damage: string | null;
  /** What was odd about the file and was put right, without harm to its text; one sentence each. */
  notes: readonly string[];
  /** What was around the text and was undone, the outermost first: "docker json-file log". Empty for nearly all files. */
  layers: string[];
}

/** An open snapshot. */
export interface SnapshotInfo {
  id: number;
  /** File name. */
  name: string;
  fileBytes: Bytes;
  textBytes: Bytes;
  compressed: boolean;
  /** The words of its format. */
  vocabulary: Vocabulary;
  /** Of the runtime, as far as the fields tell: "3.1", "2.1 – 2.2", "4.1-dev". Never empty. */
  runtimeVersion: string;
  /** What kind of machine it ran on, where that is worth a word: "WebAssembly". Else null. */
  platform: string | null;
  /** Whether the dump has ROOT records. Without them retained sizes are within this partial dump. */
  hasRoots: boolean;
  /** Whether it is what `dump_all(since:)` writes: no roots, every object traced, and nothing cut off. */
  isSinceDump: boolean;
  /** Why objects may be missing (numbers.md#incomplete-dump), in sentences; empty if nothing says so. */
  incomplete: string[];
  /** Objects with allocation information. */
  tracedObjects: Count;
  objects: Count;
  shallowBytes: Bytes;
  /** Shallow size of the allocation tracer's own table, part of `shallowBytes`. */
  overheadBytes: Bytes;
  referencesOnly: boolean;
  /** The directory of the application, with a slash at its end, guessed unless it was set; '' = not known. */
  applicationRoot: string;
  loadMs: number;
  /** Memory that the snapshot's columns and indexes hold in the worker. */
  memoryBytes: Bytes;
}

/** A run of one class in which each object dominates the next, folded into its head. */
export interface RetainedRow {
  object: ObjectRow;
  dominator: Dominator;
  /** Set if the dominator is the class Object or `main`: the object is a constant or variable at top level, or within one. */
  atTopLevel: boolean;
  /** Of an array or hash: the class label of nearly all that it refers to; else null. */
  elementClass: string | null;
  /** Length of the run that starts here; 1 = no run. */
  chainLength: Count;
  /** Set if this is the allocation tracer itself. */
  overhead: boolean;
}

/** Thread objects of a dump. */
export interface ThreadCount {
  /** Those that run; in a forked process only the one that forked does. */
  running: Count;
  /** All others: they have ended, or were not taken along by a fork. */
  others: Count;
}

/** A thread or fiber. */
export interface ThreadRow {
  /** Its site is where it was started. */
  object: ObjectRow;
  kind: 'thread' | 'fiber';
  /** Whether it runs; null if the dump does not tell. */
  running: boolean | null;
  /** What it alone retains without its own size: what is in its storage and on its stack. */
  keptBytes: Bytes;
}

/** A name that several classes have, or several modules. */
export interface RepeatedClass {
  name: string;
  count: Count;
}

/** Totals of the whole snapshot, or of the set that narrows it. */
export interface Overview {
  objects: Count;
  shallowBytes: Bytes;
  reachable: Tally;
  unreachable: Tally;
  /** Of the whole dump whatever the set, as are the next seven. */
  freeSlots: Count;
  shapes: Count;
  references: Count;
  danglingReferences: Count;
  /** Objects with more than one record of the same address: the later ones are skipped and counted here. */
  duplicateAddresses: Count;
  /** Null if the dump does not tell which threads run. */
  threads: ThreadCount | null;
  /** Classes and modules that exist several times, as reloading leaves them; at most `top`, the most frequent first. */
  repeatedClasses: RepeatedClass[];
  roots: RootRow[];
  /** By shallow bytes, descending. */
  types: TypeRow[];
  /** At most `top` each. */
  classesByShallow: GroupRow[];
  classesByRetained: GroupRow[];
  /** At most `top`; runs folded. */
  topRetained: RetainedRow[];
  /** The allocation tracer's own data, if it is in the dump. */
  measurementOverhead: Tally | null;
  import: ImportReport;
}

/** What bytes are for; see numbers.md#health. */
export type HealthPart = 'payload' | 'references' | 'headers' | 'code' | 'rest';

/** The bytes of a set by what they are for. */
export interface HeapHealth {
  /** They add up to `shallowBytes`. */
  bytes: Record<HealthPart, Bytes>;
  shallowBytes: Bytes;
}

/**
 * Objects of one branch of the merged dominator tree to which objects of another one refer, by positions in a list of
 * branches (numbers.md#shared-owners).
 */
export interface SharedOwners {
  from: number;
  to: number;
  objects: Count;
  shallowBytes: Bytes;
}

/** One mark of a hierarchical drawing. The tree comes as a list, parents before children. */
export interface TreeNode {
  /** Position of the parent in the list; -1 for the first. */
  parent: number;
  kind:
    | 'all'
    /** A kind of root; `label` is its name. */
    | 'root'
    | 'object'
    /** Objects of one class below one node of the merged tree; `merged` of them. */
    | 'merged'
    /** Classes whose names share a namespace; `merged` of them. */
    | 'namespace'
    | 'group'
    /** Children too small or too many to send: `objects` of them (0 = unknown). */
    | 'remainder'
    /** All unreachable objects. */
    | 'unreachable'
    /** The part of the parent that belongs to no child: its own shallow size. */
    | 'self';
  object: ObjectIndex | null;
  /** Class label, group label, root name, or what a pseudo-node is. */
  label: string;
  title: string;
  /** Null if mixed, as its family. */
  type: TypeName | null;
  family: Family | null;
  /** See `ObjectRow`. */
  isNamed: boolean;
  generation: Generation | null;
  /** The area: bytes of the set's members in this subtree. Children's bytes add up to their parent's. */
  bytes: Bytes;
  /** Members in this subtree. */
  objects: Count;
  shallowBytes: Bytes;
  retainedBytes: Bytes;
  /** Length of the run of one class folded into this node; 1 = none. */
  chainLength: Count;
  /** Objects that the node itself stands for; of a remainder, nodes. */
  merged: Count;
  /** Whether the node has children that were not sent. Ask for the tree below it. */
  more: boolean;
  /** Of a remainder: children of its parent that are drawn, the largest. Asking for the parent with it opens the rest. */
  skip: Count;
  /** In the merged tree: the name of the node among its siblings, the last element of its branch path. */
  step: string | null;
  /** The set that this node stands for, to narrow by; null if there is none. */
  set: ObjectSetSpec | null;
  /**
   * Of a profile's function: the library, gem or module that it belongs to, or else its file, where the profile says. Of a
   * heap: what was asked by `tell`.
   */
  library?: string;
  /** In a comparison of profiles: what the node weighed before, and what it weighs now. */
  compared?: { before: number; after: number };
  /** What a profile says of the node besides: "also required by a, b". */
  remark?: string;
}

/** Objects by generation, stacked. All arrays of one series have the length of `generations`. */
export interface GenerationChart {
  /** Generations that have members, ascending. */
  generations: Float64Array;
  series: GenerationSeries[];
  /** Whether anything in the whole snapshot is traced. */
  traced: boolean;
}

export interface GenerationSeries {
  /** Label of the group; the last series can be the rest of `groups` groups. */
  label: string | null;
  kind: 'group' | 'rest';
  groups: Count;
  family: Family | null;
  objects: Float64Array;
  bytes: Float64Array;
  untraced: Tally;
}

/** A step of the chain of classes in which methods of an object are looked up. */
export interface ClassStep {
  object: ObjectRow;
  /** `singleton` = the class of one object; `module` = included or prepended there. */
  kind: 'singleton' | 'class' | 'module';
}

/** Everything known of one object. */
export interface ObjectDetails {
  object: ObjectRow;
  dominator: Dominator;
  /** Objects of its dominator subtree, itself included. */
  retainedObjects: Count;
  method: string | null;
  gem: string | null;
  /**
   * Where its methods are looked up, nearest first; as far as the dump tells superclasses. `ancestors`: of a class or
   * module, where those of its instances are.
   */
  classChain: ClassStep[];
  ancestors: ClassStep[];
  /** The instance variables of its shape, in the order in which they were set; empty where the dump has no shapes. */
  variables: string[];
  /** Kinds of root that list the object itself. */
  rootKinds: string[];
  references: Count;
  referrers: Count;
  selfReferences: Count;
  /** Targets that are in no record of this dump. */
  danglingReferences: AddressText[];
  /** Every field of the record but `references`, in its order. Values are text, as in the dump. */
  fields: { name: string; value: string }[];
  /** The text of a string or symbol, at most 64 KiB of it; null if the dump does not have it. */
  text: string | null;
  textTruncated: boolean;
  /** The string that {@link text} is of, where this one shares it: it may be a part of that text. */
  sharedFrom: ObjectRow | null;
  /** The record as it stands in the file, at most 64 KiB of it. */
  raw: string;
  rawTruncated: boolean;
  rawBytes: Bytes;
  line: { offset: ByteOffset };
  overhead: boolean;
  /** Code that gives the object again in the process that the file is of; null if there is none. */
  findAgain: string | null;
}

/**
 * What an object answers for when what several objects hold is charged to all of them in equal parts
 * (numbers.md#leakshare). Parts are fractions of bytes.
 */
export interface LeakShare {
  /** Its retained size, and its parts of what it shares with other holders. */
  bytes: number;
  /** The latter alone, and of how many objects. */
  sharedBytes: number;
  sharedObjects: Count;
  /** What holds the object itself: objects that refer to it and that it does not dominate, and kinds of root. */
  holders: Count;
  /** The part of its retained size that each of these answers for. */
  bytesByHolder: number;
}

/** The beginning of the text of a string or symbol. */
export interface Excerpt {
  /** At most 80 characters; null if the dump does not have the text. */
  text: string | null;
  /** The text is that of the string which this one shares: it may be a part of it. */
  shared: boolean;
}

/** A retainer path: from a root to the object. */
export interface RetainerPath {
  /** Kind of root that the path starts at; null if the object is unreachable (then `steps` is the object). */
  root: string | null;
  /** Steps of the whole path. */
  length: Count;
  /**
   * From the object that the root lists down to the object asked for. Of more than 1,000 steps the first and the
   * last 500; the first of the latter says how many are left out before it.
   */
  steps: PathStep[];
}

export interface PathStep {
  object: ObjectRow;
  /** Steps of the path that are left out before this one; 0 for all but one step of a very long path. */
  omittedBefore: Count;
  /** The kind of edge by which the step before it refers to it (see `EdgeWords`); `root`: a root lists it. */
  edge: string;
  /** What that kind is called: `refers to`. */
  phrase: string;
  name: string | null;
  multiplicity: Count;
}

/** Strings of equal text. */
export interface Duplicates {
  /** Texts that at least two strings have. */
  groups: Count;
  /** Strings in these groups. */
  count: Count;
  /** Shallow bytes of them but the largest of each group: what one string for each text would save. */
  bytes: Bytes;
}

/** Something that several objects have in common, and how many do. */
export interface CountedLabel {
  /** null = they have none, such as a site of untraced objects. */
  label: string | null;
  objects: Count;
}

/** Strings that have one text. */
export interface DuplicateStringRow {
  /** The first of them in the file: its text is that of all. */
  object: ObjectRow;
  copies: Count;
  /** Bytes of the text; null if the dump does not tell. */
  length: Bytes | null;
  shallowBytes: Bytes;
  /** Shallow bytes of all copies but the largest. */
  wastedBytes: Bytes;
  /** The sites that allocated most of the copies, and how many sites there are. */
  sites: CountedLabel[];
  siteCount: Count;
  /** Classes of the objects that refer to the copies, those with the most references first, and how many there are. */
  holders: CountedLabel[];
  holderCount: Count;
}

/** What the strings of a set come to. */
export interface StringSummary {
  strings: Tally;
  /** Those whose text is not in the dump: shared ones, and such as are not valid in their encoding. */
  withoutText: Tally;
  empty: Tally;
  duplicates: Duplicates;
  /** Strings that may have an equal one, but whose text is not in the file any more. */
  unread: Count;
  /** Files by what frozen string literals would save in them at most, most first. */
  literals: LiteralFile[];
}

/**
 * A file whose lines allocated strings of equal text again and again, none of them frozen for good: at most so much
 * would `# frozen_string_literal: true` save, if all are literals.
 */
export interface LiteralFile {
  file: string;
  /** Texts, by line. */
  groups: Count;
  copies: Count;
  savedBytes: Bytes;
}
