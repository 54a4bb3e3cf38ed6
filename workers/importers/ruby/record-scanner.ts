import type { ColumnBatch, ScannedRoot } from '../../model/column-batch.ts';
import { arrayOf, type ColumnName, forEachColumn } from '../../model/column-schema.ts';
import type { Column } from '../../model/growable.ts';
import { ProblemError } from '../../protocol/errors.ts';
import type { Bytes } from '../../protocol/units.ts';
import { BatchColumn, Failure, Field, type Outcome, TableColumn, Words } from './record-codes.ts';
import { FIELD_COUNT, type RecordFields } from './record-fields.ts';
import { FLAG_KEYS, KEYS, TYPE_NAMES, TYPES } from './record-keys.ts';
import { SCANNER_CODE } from './scanner-code.generated.ts';
import { isValidJson } from './slow/record-text.ts';
import type { WordTable } from './word-table.ts';

/** The exports of `wasm/index.ts`, documented there. Positions are addresses in its memory. */
interface ScannerExports {
  readonly memory: WebAssembly.Memory;
  setUp(addressShift: number): void;
  allocateWordList(list: Words, words: number, multiplier: number, shift: number): void;
  wordTable(list: Words, index: number): number;
  begin(callcache: number, constcache: number, utf8: number): void;
  windowOf(capacity: number): number;
  scratchOf(capacity: number): number;
  scan(start: number, stop: number, offset: number): Outcome;
  position(): number;
  end(): number;
  lines(): number;
  lacksMemsize(): number;
  fieldsAt(): number;
  beginReferences(): void;
  pushReference(low: number, high: number): void;
  writeRecord(offset: number): Outcome;
  rootReferences(): number;
  rootReferenceCount(): number;
  dropReferences(): void;
  intern(start: number, end: number, isRaw: number): number;
  hashText(start: number, end: number): number;
  addressKey(low: number, high: number): number;
  objectsRead(): number;
  noteFeatures(seen: number, slotSize: number): void;
  seenFeatures(): number;
  seenSlotSizes(): number;
  freeSlots(): number;
  batchColumn(column: BatchColumn): number;
  batchLength(column: BatchColumn): number;
  clearBatch(): void;
  tableColumn(column: TableColumn): number;
  tableLength(column: TableColumn): number;
}

/** Bytes after the window that may be read: the search for the end of a text goes at most this far. */
const LOOK_AHEAD = 8192;
/** The number of slot sizes that are distinguished: see `noteSlotSize` of the scanner. */
const SLOT_SIZES = 1025;

/** Compiled once per thread, so that the optimized code is kept for the next load. */
const MODULE = new WebAssembly.Module(Uint8Array.from(atob(SCANNER_CODE), char => char.charCodeAt(0)));

/**
 * The scanner, which is WebAssembly, and its memory: reads records from a window of text into columns, and gives the
 * columns out in batches. One for each load. It makes no strings and no objects, and the text is checked byte for
 * byte: anything that is not exactly in Ruby's layout is left to the slow reader, whose records come back here.
 */
export class RecordScanner {
  readonly #scanner: ScannerExports;
  #window = 0;
  #windowBytes = 0;
  #memory: Uint8Array;
  /** Number of entries of each table column that were taken. */
  readonly #taken = new Map<TableColumn, number>();
  #freeSlotsTaken = 0;

  /**
   * `addressShift`: most addresses are multiples of 2^shift. `availableBytes`: the memory that their index may take.
   */
  constructor(addressShift: 2 | 3, availableBytes = Number.POSITIVE_INFINITY) {
    const morePages = (pages: number) => checkPages(pages, availableBytes);
    const { exports } = new WebAssembly.Instance(MODULE, { host: { fail, morePages } });
    this.#scanner = exports as unknown as ScannerExports;
    this.#memory = new Uint8Array(this.#scanner.memory.buffer);
    this.#scanner.setUp(addressShift);
    this.#setWords(Words.keys, KEYS);
    this.#setWords(Words.types, TYPES);
    this.#setWords(Words.flagKeys, FLAG_KEYS);
    // Id 0 is the empty string; the ids of the types are their codes.
    for (const name of TYPE_NAMES.slice(1)) this.internText(name);
    const [callcache, constcache, utf8] = ['callcache', 'constcache', 'UTF-8'].map(text =>
      this.internText(text),
    );
    this.#scanner.begin(callcache!, constcache!, utf8!);
  }

  #setWords(list: Words, words: WordTable): void {
    this.#scanner.allocateWordList(list, words.lengths.length, words.multiplier, words.shift);
    [words.ids, words.heads, words.tails, words.twins, words.lengths, words.middles].forEach(
      (table, index) => {
        const bytes = new Uint8Array(table.buffer, table.byteOffset, table.byteLength);
        this.#bytes().set(bytes, this.#scanner.wordTable(list, index));
      },
    );
  }

  /** The current memory: when it grows, it gets a new buffer. */
  #bytes(): Uint8Array {
    const { buffer } = this.#scanner.memory;
    if (this.#memory.buffer !== buffer) this.#memory = new Uint8Array(buffer);
    return this.#memory;
  }

  /** The size of the window in bytes. */
  get windowBytes(): number {
    return this.#windowBytes;
  }

  /** Makes the window at least this large, and keeps its contents. */
  enlargeWindow(bytes: number): void {
    this.#window = this.#scanner.windowOf(bytes + LOOK_AHEAD);
    this.#windowBytes = bytes;
  }

  /** Puts bytes into the window. */
  put(bytes: Uint8Array, at: number): void {
    this.#bytes().set(bytes, this.#window + at);
  }

  /** Moves bytes of the window to its front. */
  moveToFront(start: number, end: number): void {
    this.#bytes().copyWithin(this.#window, this.#window + start, this.#window + end);
  }

  /** The first bytes of the window. The view is valid until the next call that may allocate memory. */
  window(length: number): Uint8Array {
    return this.#bytes().subarray(this.#window, this.#window + length);
  }

  /**
   * Reads the records in `start` … `stop` of the window; `stop` is after a newline. `offset`: position of `start` in
   * the text. Sets {@link position} to where it stopped, and {@link end} to the end of the record there.
   */
  scan(start: number, stop: number, offset: number): Outcome {
    return this.#scanner.scan(this.#window + start, this.#window + stop, offset);
  }

  get position(): number {
    return this.#scanner.position() - this.#window;
  }

  get end(): number {
    return this.#scanner.end() - this.#window;
  }

  /** Number of newlines that the last {@link scan} passed. */
  get lines(): number {
    return this.#scanner.lines();
  }

  /** Whether a record with these fields lacks its memsize; see `lacksMemsize` of the scanner. */
  lacksMemsize(fields: RecordFields): boolean {
    this.#setFields(fields);
    return this.#scanner.lacksMemsize() !== 0;
  }

  /** Writes a record that the slow reader read, whose text starts at `offset`. */
  write(fields: RecordFields, offset: number): Outcome {
    this.#setFields(fields);
    this.#scanner.beginReferences();
    const { references } = fields;
    for (let i = 0; i < references.length; i += 2) {
      this.#scanner.pushReference(references[i]!, references[i + 1]!);
    }
    return this.#scanner.writeRecord(offset);
  }

  #setFields({ values, memsize }: RecordFields): void {
    const at = this.#scanner.fieldsAt();
    this.#bytes().set(new Uint8Array(values.buffer), at);
    const none = 0xffff_ffff_ffff_ffffn;
    const bytes = memsize < 0 ? none : BigInt(Math.min(memsize, Number.MAX_SAFE_INTEGER + 1));
    new DataView(this.#scanner.memory.buffer).setBigUint64(at + FIELD_COUNT * 4, bytes, true);
  }

  /** Takes the root at which the scan stopped, or that was written last. */
  takeRoot(): ScannedRoot {
    const { buffer } = this.#scanner.memory;
    const start = this.#scanner.rootReferences();
    const keys = new Uint32Array(buffer, start, this.#scanner.rootReferenceCount()).slice();
    const name = this.#rootName();
    this.#scanner.dropReferences();
    return { name, keys };
  }

  #rootName(): string {
    const fields = new Uint32Array(this.#scanner.memory.buffer, this.#scanner.fieldsAt(), FIELD_COUNT);
    const id = fields[Field.root]!;
    const offsets = this.#tableView(TableColumn.stringOffsets) as Uint32Array;
    const bytes = this.#tableView(TableColumn.stringBytes).subarray(offsets[id], offsets[id + 1]);
    return new TextDecoder().decode(bytes);
  }

  /** The id of a text, given as its bytes in the file. */
  intern(bytes: Uint8Array): number {
    const at = this.#putScratch(bytes);
    return this.#scanner.intern(at, at + bytes.length, isValidJson(bytes, 0, bytes.length) ? 0 : 1);
  }

  /** The id of a text. */
  internText(text: string): number {
    return this.intern(new TextEncoder().encode(text));
  }

  /** The hash of a value's text, given as its bytes in the file. */
  hash(bytes: Uint8Array): number {
    const at = this.#putScratch(bytes);
    return this.#scanner.hashText(at, at + bytes.length);
  }

  #putScratch(bytes: Uint8Array): number {
    const at = this.#scanner.scratchOf(bytes.length);
    this.#bytes().set(bytes, at);
    return at;
  }

  /** The hash of a value in the window. */
  hashInWindow(start: number, end: number): number {
    return this.#scanner.hashText(this.#window + start, this.#window + end);
  }

  /** The key of an address, given as its low and high 32 bits. */
  addressKey(low: number, high: number): number {
    return this.#scanner.addressKey(low, high) >>> 0;
  }

  /**
   * Notes what a slowly read record reveals about the version of Ruby: bits of `Feature`, and the slot size (0 = none).
   */
  noteFeatures(features: number, slotSize: number): void {
    this.#scanner.noteFeatures(features, slotSize);
  }

  /** Number of objects read, in the columns or taken. */
  get objects(): number {
    return this.#scanner.objectsRead();
  }

  /** Size of the memory in bytes. It never shrinks. */
  get memoryBytes(): number {
    return this.#scanner.memory.buffer.byteLength;
  }

  /** Bits of the `Feature`s found so far. */
  get features(): number {
    return this.#scanner.seenFeatures();
  }

  /** Slot size → 1 if it occurs; sizes over 1 KiB share index 0. */
  get slotSizes(): Uint8Array {
    const at = this.#scanner.seenSlotSizes();
    return this.#bytes().slice(at, at + SLOT_SIZES);
  }

  /**
   * Everything read since the previous batch. The arrays are views of the scanner's memory, valid until the next call.
   */
  takeBatch(): ColumnBatch {
    const freeSlots = this.#scanner.freeSlots();
    const columns = forEachColumn(name => {
      if (isTableColumn(name)) return this.#newRows(name);
      return isBatchColumn(name) ? this.#batchView(name, BatchColumn[name]) : new (arrayOf(name))(0);
    });
    const batch = { ...columns, roots: [], freeSlots: freeSlots - this.#freeSlotsTaken } as ColumnBatch;
    this.#scanner.clearBatch();
    this.#freeSlotsTaken = freeSlots;
    return batch;
  }

  /** A column of the batch. */
  #batchView(name: ColumnName, column: BatchColumn): Column {
    const { memory } = this.#scanner;
    const at = this.#scanner.batchColumn(column);
    return new (arrayOf(name))(memory.buffer, at, this.#scanner.batchLength(column));
  }

  /** A whole column of a table: bytes for texts, 32-bit words for all others; pages have two words each. */
  #tableView(column: TableColumn): Uint8Array | Uint32Array {
    const { memory } = this.#scanner;
    const at = this.#scanner.tableColumn(column);
    const length = this.#scanner.tableLength(column);
    if (column === TableColumn.stringBytes) return new Uint8Array(memory.buffer, at, length);
    return new Uint32Array(memory.buffer, at, column === TableColumn.pageNumbers ? length * 2 : length);
  }

  /** What was added to a table column since it was last taken, without the 0 before the first string. */
  #newRows(name: keyof typeof TableColumn): Column {
    const column = TableColumn[name];
    const view = this.#tableView(column);
    const taken = this.#taken.get(column) ?? (column === TableColumn.stringOffsets ? 1 : 0);
    this.#taken.set(column, view.length);
    return view.subarray(taken);
  }
}

function isBatchColumn(name: ColumnName): name is ColumnName & keyof typeof BatchColumn {
  return name in BatchColumn;
}

function isTableColumn(name: ColumnName): name is ColumnName & keyof typeof TableColumn {
  return name in TableColumn;
}

/** Memory of a page of addresses at the peak: in the scanner, and in the index built from it. */
const BYTES_PER_PAGE = 1024;

/** The scanner calls this before it allocates memory for this many pages. */
function checkPages(pages: number, availableBytes: Bytes): void {
  const neededBytes = pages * BYTES_PER_PAGE;
  if (neededBytes <= availableBytes) return;
  throw new ProblemError({
    code: 'too-large',
    file: '',
    message: `The addresses of this dump are spread over more than ${pages.toLocaleString('en')} pages of 16 KiB. Their index would not fit into the memory of this tab.`,
    advice:
      'Heaps of Ruby fill their pages. If this dump was made by a program, give its objects neighbouring addresses; else close other dumps or tabs.',
    neededBytes,
    availableBytes,
  });
}

/** The scanner calls this when it cannot continue. */
function fail(reason: Failure): never {
  if (reason === Failure.pages) {
    throw new ProblemError({
      code: 'too-large',
      file: '',
      message: 'The addresses of this dump are spread over more than 32 GiB of pages.',
      advice:
        'Heapscape keeps addresses as 32-bit keys. Take a heap dump of a smaller process, or of what is new with since:.',
    });
  }
  if (reason === Failure.references) throw new RangeError('more than 2^32 references');
  throw new RangeError('the tables of what objects share have more than 4 GiB, or more than 2^31 objects');
}
