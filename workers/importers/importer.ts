import type { ByteSource } from '../files/byte-source.ts';
import type { OpenedText } from '../files/opened-text.ts';
import type { HeapColumns } from '../model/heap-columns.ts';
import type { StringTable } from '../model/string-table.ts';
import type { ImportReport } from '../protocol/import-report.ts';
import type { RedactionReport, RedactionRules } from '../protocol/redaction.ts';
import type { ObjectRow } from '../protocol/rows.ts';
import type { AddressText, Bytes, Count, ObjectIndex } from '../protocol/units.ts';
import type { Vocabulary } from '../protocol/vocabulary.ts';

/** What an importer returns: everything that the model keeps of the file. Plain data. */
export interface ImportResult {
  columns: HeapColumns;
  report: ImportReport;
  /** Version of the runtime that wrote the file, as far as the file tells. */
  runtimeVersion: string;
  /** What kind of machine it ran on, where that is worth a word: "WebAssembly". Else null. */
  platform: string | null;
  hasRoots: boolean;
  /** Whether references flagged `internalLast` are edges at all; see numbers.md#reference, 3. */
  internalReferences: boolean;
  textBytes: Bytes;
}

/** One record, re-read from the file for people. */
export interface RecordDetails {
  /** Where the record starts in the block it was found in. */
  offsetInBlock: number;
  rawBytes: Bytes;
  /** The record as it is in the file, at most 64 KiB of it. */
  raw: string;
  /** All fields but `value` and `references`, in order, as text; at most 64 KiB each. */
  fields: { name: string; value: string }[];
  /** `value`, at most 64 KiB of it; null if there is none. */
  text: string | null;
  textTruncated: boolean;
  /** Addresses, in order, with repetitions. */
  references: string[];
  /** Id of the object's shape, in the table of shapes; null if there is none. */
  shapeId: number | null;
}

/** A record that is the whole of its block, and of which no more is known than what is given. */
export function plainRecord(
  raw: string,
  { fields = [], text = null }: Partial<Pick<RecordDetails, 'fields' | 'text'>> = {},
): RecordDetails {
  const length = new TextEncoder().encode(raw).length;
  const rest = { textTruncated: false, references: [], shapeId: null };
  return { offsetInBlock: 0, rawBytes: length, raw, fields, text, ...rest };
}

/**
 * How to find an object's record within its block. The importer chooses the blocks (see `BlockIndex`), and which of
 * these fields it uses.
 */
export interface RecordPlace {
  address: AddressText;
  object: ObjectIndex;
  /** The first object of the block. */
  firstOfBlock: ObjectIndex;
}

/** How labels find the objects of classes, once they can be looked up. */
export interface DescriptorResolver {
  /** Index of the object that the column `descriptorClass` names, or -1. */
  objectAt(reference: number): number;
  /** The label of objects whose class is not there. */
  missing: string;
}

/** Per descriptor id: the object at its `class` field (-1 = none), and the class label. */
export interface LabelTable {
  classObjects: Int32Array;
  labels: string[];
}

/** What a load can be told and asked while it runs. */
export interface ImportHooks {
  /**
   * Called after each slice and between steps within it, with the text of the slices before. Its promise must be
   * awaited. Throws if the load was cancelled or there is not enough memory.
   */
  onProgress(textBytes: Bytes, columns: HeapColumns): undefined | Promise<void>;
  /** Memory that the heap may take, as far as that is known. */
  availableBytes: Bytes;
}

/** A pass over the text of a file, in pieces of any size. */
export interface TextScan {
  push(piece: Uint8Array): void;
  finish(): void;
}

/** A pass over a text that makes a redacted copy of it. */
export interface TextRedactor extends TextScan {
  readonly report: RedactionReport;
}

/** Texts of strings, read from the file again. */
export interface TextReader {
  /**
   * Passes `take` the text of each string in a piece of the file as stored, including escapes; null if the record or
   * its text is missing. `addresses` and calls are in the order of the file. O(block).
   */
  values(
    block: Uint8Array,
    addresses: AddressList,
    take: (at: number, value: Uint8Array | null) => void,
  ): void;
  /** A text of {@link values} as people read it. */
  unescaped(value: Uint8Array): string;
}

/** Addresses of objects in a piece of the file, in its order, without a text or a BigInt for each. */
export interface AddressList {
  readonly length: Count;
  /** NaN for an address of 2^53 or more, which a number cannot represent exactly. */
  number(at: number): number;
  text(at: number): AddressText;
}

/** How the runtime numbers objects for people, as Ruby's `object_id` does. */
export interface ObjectIdReader {
  /** The address that an id stands for, where ids of this version follow from addresses; else null. */
  addressOf(id: bigint, runtimeVersion: string, wordBits: 32 | 64): bigint | null;
  /** Whether records of this version can tell ids. */
  isInRecords(runtimeVersion: string): boolean;
  /** Looks for the ids that records tell. O(text). */
  scan(found: (address: bigint, id: bigint) => void): TextScan;
}

/**
 * A file format. Formats end here: an importer fills {@link HeapColumns}, and nothing past them knows the file's
 * syntax, except for {@link Importer.details}, which re-reads single records.
 */
export interface Importer {
  id: string;
  vocabulary: Vocabulary;
  /** Whether a piece of the text, from anywhere in it and one character a byte, has a record of this format. */
  sniff(piece: string): boolean;
  /** Reads a text, which begins with `head`, to its end. */
  read(source: ByteSource, text: OpenedText, hooks: ImportHooks): Promise<ImportResult>;
  /** The class label of every descriptor, as far as records were read. O(descriptors · log classes). */
  labelDescriptors(columns: HeapColumns, strings: StringTable, resolver: DescriptorResolver): LabelTable;
  /** The record of an object in the block of the file that holds it; null if it is not there. */
  details(block: Uint8Array, place: RecordPlace): RecordDetails | null;
  /** Of a format that has strings; else none is a copy of another. */
  texts?: TextReader;
  /** Of a runtime that numbers objects. */
  objectIds?: ObjectIdReader;
  /**
   * Code that finds an object again in the running process; null if the runtime gives no access to it. Formats
   * without such code lack this method.
   */
  findAgain?(object: ObjectRow, text: string | null, runtimeVersion: string): string | null;
  /** A made-up file of so many objects with what most files have, to compile the engine with. */
  rehearsal?(objects: Count): Uint8Array<ArrayBuffer>;
  /**
   * Begins to redact a text; `emit` receives the redacted text in pieces, which it owns. O(text). Formats without it
   * have no redacted copies.
   */
  redactor?(rules: RedactionRules, emit: (piece: Uint8Array<ArrayBuffer>) => void): TextRedactor;
}
