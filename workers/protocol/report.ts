import type { Comparison } from './comparison.ts';
import type { Certainty } from './findings.ts';
import type { SecondDump } from './import-report.ts';
import type { Tally } from './rows.ts';
import type { Duplicates } from './strings.ts';
import type { AddressText, Bytes, Count, Generation } from './units.ts';

/**
 * The version of what `heapscape report` prints, in every kind of report. It is incremented when a field is renamed,
 * removed or changes its meaning; new fields do not change it.
 */
export const REPORT_VERSION = 1;

/**
 * The numbers of a snapshot, sorted by bytes. Sizes in whole bytes, addresses as `"0x…"`. With a filter, all
 * count its objects only, except for free slots, roots, skipped records and dangling references.
 */
export interface Report {
  version: typeof REPORT_VERSION;
  /** The filter that narrows the report, as given; left out if there is none. */
  filter?: string;
  format: string;
  kind: 'heap';
  /**
   * Version of the runtime that wrote the dump, as far as it is known. The name dates from before the second format.
   */
  rubyVersion: string;
  objects: Count;
  shallowBytes: Bytes;
  freeSlots: Count;
  /** Kinds of root in the order of the file, followed by any pseudo-roots. */
  roots: { name: string; references: Count }[];
  /** Records that no other figure includes: those that could not be read, and those of `duplicateAddresses`. */
  skippedRecords: Count;
  /** Damaged records that could be read nevertheless, and count. */
  rescuedRecords: Count;
  /** Lines, and pieces of lines between records, that are not records: other output of the program. */
  foreignLines: Count;
  /** Records whose address an earlier record has, including those of a second dump. The first record counts. */
  duplicateAddresses: Count;
  /** The dump stops within a record: it is incomplete. */
  truncated: boolean;
  /** Where a second dump begins in the file, and how many records it has; null if there is none. */
  secondDump: SecondDump | null;
  /** Why the text of a compressed file ended too early, or cannot be trusted; null if there is no damage. */
  damage: string | null;
  /** Oddities of the file that were corrected without affecting its text; one sentence each. */
  notes: readonly string[];
  /** Wrappers around the text that were removed, the outermost first: "docker json-file log". */
  layers: string[];
  danglingReferences: Count;
  reachable: Tally;
  unreachable: Tally;
  types: (Tally & { type: string })[];
  classes: (Tally & { label: string; retainedBytes: Bytes })[];
  /** null = untraced. */
  generations: (Tally & { generation: Generation | null })[];
  /** Strings of equal text, whatever their class and encoding; null if texts cannot be read, as in an index file. */
  duplicateStrings: Duplicates | null;
  topRetained: {
    address: AddressText;
    label: string;
    shallowBytes: Bytes;
    retainedBytes: Bytes;
    /** An address, a root's name, or "ROOT" if several roots reach the object by separate paths. */
    dominator: string;
  }[];
  /** What is wrong or worth knowing, in order; see `Finding`. Left out where a filter narrows the report. */
  findings?: ReportFinding[];
  /** Only if groups were requested: at most `top`. */
  groups?: ReportGroup[];
  /** Only if the dump is in a series. */
  comparison?: Comparison;
}

/** Objects that have the same label under each requested key. */
export interface ReportGroup {
  /** A label for each key, in the requested order; null if the objects have none, such as the gem of untraced ones. */
  path: (string | null)[];
  objects: Count;
  shallowBytes: Bytes;
  /** See numbers.md#retained-size-of-a-group: groups overlap, so a column of them need not add up. */
  retainedBytes: Bytes;
}

/** A finding, as it appears in reports. */
export interface ReportFinding {
  /** Kinds that find leaks have growing, suspect or leak in their name. */
  kind: string;
  sentence: string;
  bytes: Bytes;
  objects: Count;
  certainty: Certainty;
  /** At most 20. */
  objectsShown: AddressText[];
  figures: Record<string, number>;
}
