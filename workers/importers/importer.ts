import type { ByteSource } from '../files/byte-source.ts';
import type { OpenedText } from '../files/opened-text.ts';
import type { HeapColumns } from '../model/heap-columns.ts';
import type { StringTable } from '../model/string-table.ts';
import type { ImportReport } from '../protocol/import-report.ts';
import type { RedactionReport, RedactionRules } from '../protocol/redaction.ts';
import type { ObjectRow } from '../protocol/rows.ts';
import type { AddressText, Bytes, Count, ObjectIndex } from '../protocol/units.ts';
import type { Vocabulary } from '../protocol/vocabulary.ts';

/** What an importer returns: everything that the model keeps from the file. Plain data. */
export interface ImportResult {
  columns: HeapColumns;
  report: ImportReport;
  /** Version of the runtime that wrote the file, as far as the file reveals it. */
  runtimeVersion: string;
  /** The platform it ran on where that is unusual, such as "WebAssembly"; otherwise null. */
  platform: string | null;
  hasRoots: boolean;
  /** Whether references flagged `internalLast` are edges at all; see numbers.md#reference, 3. */
  internalReferences: boolean;
  textBytes: Bytes;
}

/** One record, read again from the file to be shown. */
export interface RecordDetails {
  /** Where the record starts in its block. */
  offsetInBlock: number;
  rawBytes: Bytes;
  /** The record as it stands in the file, at most 64 KiB. */
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

/** Details of a record that fills its block and of which only `fields` and `text` are known. */
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

/** How labels find the objects of classes. */
export interface DescriptorResolver {
  /** Index of the object that an entry of the column `descriptorClass` refers to, or -1. */
  objectAt(reference: number): number;
  /** The label of objects whose class is not in the dump. */
  missing: string;
}

/** Per descriptor id: the object at the `class` address (-1 = none), and the class label. */
export interface LabelTable {
  classObjects: Int32Array;
  labels: string[];
}

/** Callbacks and limits of an import. */
export interface ImportHooks {
  /**
   * Called after each slice and between steps within it, with the text of the slices before. Its promise must be
   * awaited. Throws if the load was cancelled or there is not enough memory.
   */
  onProgress(textBytes: Bytes, columns: HeapColumns): undefined | Promise<void>;
  /** Memory that the heap may take. */
  availableBytes: Bytes;
}

/** A pass over the text of a file, in pieces of any size. */
export interface TextScan {
  push(piece: Uint8Array): void;
  finish(): void;
}

/** A pass over a text that produces a redacted copy of it. */
export interface TextRedactor extends TextScan {
  readonly report: RedactionReport;
}

/** Reads the texts of strings from the file again. */
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
  /** A text of {@link values} without its escapes. */
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
  /** The address of the object with an id, in versions where ids follow from addresses; otherwise null. */
  addressOf(id: bigint, runtimeVersion: string, wordBits: 32 | 64): bigint | null;
  /** Whether records of this version can contain ids. */
  isInRecords(runtimeVersion: string): boolean;
  /** Finds the ids that records contain. O(text). */
  scan(found: (address: bigint, id: bigint) => void): TextScan;
}

/**
 * A file format. Nothing outside its importer knows the syntax of the file: an importer fills {@link HeapColumns}, and
 * single records are re-read through {@link Importer.details} and the like.
 */
export interface Importer {
  id: string;
  vocabulary: Vocabulary;
  /** Whether a piece of the text, from anywhere in it and with one character per byte, has a record of this format. */
  sniff(piece: string): boolean;
  /** Reads a text, which begins with `head`, to its end. */
  read(source: ByteSource, text: OpenedText, hooks: ImportHooks): Promise<ImportResult>;
  /** The class label of every descriptor, from the records read so far. O(descriptors · log classes). */
  labelDescriptors(columns: HeapColumns, strings: StringTable, resolver: DescriptorResolver): LabelTable;
  /** The record of an object, in the block of the file that contains it; null if it is not there. */
  details(block: Uint8Array, place: RecordPlace): RecordDetails | null;
  /** Only for formats that contain texts of strings. */
  texts?: TextReader;
  /** Of a runtime that numbers objects. */
  objectIds?: ObjectIdReader;
  /**
   * Code that finds an object again in the running process; null if the runtime gives no access to it. Formats
   * without such code lack this method.
   */
  findAgain?(object: ObjectRow, text: string | null, runtimeVersion: string): string | null;
  /** A generated file with this many objects and typical contents, to have the engine compiled with. */
  rehearsal?(objects: Count): Uint8Array<ArrayBuffer>;
  /**
   * Begins to redact a text; `emit` receives the redacted text in pieces, which it owns. O(text). Formats without it
   * have no redacted copies.
   */
  redactor?(rules: RedactionRules, emit: (piece: Uint8Array<ArrayBuffer>) => void): TextRedactor;
}
