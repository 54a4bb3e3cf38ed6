import type { ByteSource } from '../files/byte-source.ts';
import { classNameLabels } from '../importers/class-name-labels.ts';
import { type Importer, plainRecord } from '../importers/importer.ts';
import type { LoadedSnapshot } from '../loading/load.ts';
import { pause, runCooperatively } from '../model/cooperation.ts';
import { type DumpFile, rangeOf } from '../protocol/dump-file.ts';
import { ProblemError, SUPERSEDED } from '../protocol/errors.ts';
import { isIndexHead } from '../protocol/index-magic.ts';
import type { Bytes, Fraction } from '../protocol/units.ts';
import type { Vocabulary } from '../protocol/vocabulary.ts';
import {
  checksumOf,
  columnChecksum,
  type IndexHeader,
  type IndexPart,
  MAGIC,
  MAGIC_BYTES,
  VERSION,
  withColumns,
} from './format.ts';
import { SECOND_PART_HERE, type SecondPart } from './index-thread.ts';
import { type PackedPart, unpackPart } from './part.ts';
import { type FirstPart, fillLate, heapOf, type LatePart, openFirst } from './plain-snapshot.ts';
import { type RawFirst, type RawSecond, rawHeapOf } from './raw-heap.ts';
import { readPieces, readStored, type StoredPart } from './raw-part.ts';

/** A note about every heap that was opened from an index file. */
export const WITHOUT_RECORDS =
  'Opened from an index file, which has no records: texts of strings, names of instance variables and raw records are not in it. Open the dump itself for them.';

/** The fractions of the work done after these steps, for the small form. */
const AFTER_READING = 0.1;
const AFTER_OBJECTS = 0.6;

/** Whether a file is an index file of any version, by its first bytes. */
export async function isIndexFile(source: ByteSource): Promise<boolean> {
  if (source.compressed) return false;
  const [head] = await source.read([{ offset: 0, length: MAGIC_BYTES }]);
  return isIndexHead(head!);
}

/**
 * Opens an index file. Throws a `ProblemError` if it has another version or is damaged. `advance` receives the
 * progress, and can stop the work by throwing. `file`: what `source` reads, for another thread. `secondPart`: opens the
 * second part while this thread opens the first one. O(size of the columns).
 */
export async function readIndex(
  source: ByteSource,
  importers: readonly Importer[],
  advance: (fraction: Fraction) => Promise<void>,
  file: DumpFile | null = null,
  secondPart: SecondPart = SECOND_PART_HERE,
): Promise<LoadedSnapshot> {
  const { header, start } = await readHeader(source);
  try {
    const end = header.parts.reduce((sum, part) => sum + part.bytes, start);
    if (end !== source.fileBytes) throw new TypeError('its parts are cut');
    const read = header.form === 'fast' ? readFast : readSmall;
    const heap = await read({ source, file, header, start }, secondPart, advance);
    const { snapshot } = heap;
    const { notes } = snapshot.facts.import;
    snapshot.facts.import.notes = [...notes, WITHOUT_RECORDS];
    const importer = withoutRecords(header.importerId, snapshot.vocabulary, importers);
    return { ...heap, source: withoutText(source), importer };
  } catch (error) {
    const isOurs = error instanceof ProblemError || (error instanceof Error && error.name === SUPERSEDED);
    // Damage can cause any kind of error, such as one of the inflater, or of a column that is too short.
    throw isOurs ? error : damaged(source.name, String(error));
  }
}

async function readHeader(source: ByteSource): Promise<{ header: IndexHeader; start: number }> {
  const { name } = source;
  const [head] = await source.read([{ offset: 0, length: MAGIC_BYTES * 2 }]);
  const text = new TextDecoder('latin1').decode(head);
  const [line = '', sizes = ''] = text.split('\n');
  const version = Number(line.slice(MAGIC.length));
  if (!Number.isInteger(version)) throw damaged(name, 'its first line is cut');
  if (version !== VERSION) throw otherVersion(name, version);
  const [length = Number.NaN, checksum] = sizes.split(' ').map(Number);
  const start = line.length + sizes.length + 2;
  if (!Number.isInteger(length) || length > source.fileBytes) throw damaged(name, 'its header is cut');
  const [json] = await source.read([{ offset: start, length }]);
  if (json!.length !== length || checksumOf(json!) !== checksum) {
    throw damaged(name, 'the checksum of its header does not match');
  }
  return { header: JSON.parse(new TextDecoder().decode(json)) as IndexHeader, start: start + length };
}

type Heap = Omit<LoadedSnapshot, 'source' | 'importer'>;
type Advance = (fraction: Fraction) => Promise<void>;

/** An index file whose header was read. */
interface IndexFile {
  source: ByteSource;
  file: DumpFile | null;
  header: IndexHeader;
  /** Where its parts start. */
  start: Bytes;
}

async function readSmall(
  { source, header: { parts }, start }: IndexFile,
  secondPart: SecondPart,
  advance: Advance,
): Promise<Heap> {
  let end = start;
  const places = parts.map(({ bytes: length }) => {
    const offset = end;
    end += length;
    return { offset, length };
  });
  const read = await source.read(places);
  const packed = parts.map((part, at): PackedPart => ({ part, bytes: read[at] as Uint8Array<ArrayBuffer> }));
  for (const { part, bytes } of packed) {
    if (columnChecksum(bytes) !== part.checksum) throw new TypeError('the checksum of a part does not match');
  }
  const [first, side, late] = packed as [PackedPart, PackedPart, PackedPart];
  const unpackingSide = secondPart.unpack(side);
  unpackingSide.catch(() => undefined); // Awaited below, unless the load is cancelled before.
  await advance(AFTER_READING);
  const opened = openFirst((await unpackPart(first)) as FirstPart);
  await advance(AFTER_OBJECTS);
  const heap = heapOf(opened, await unpackingSide);
  return {
    ...heap,
    complete: async cancellation => {
      const data = (await unpackPart(late, pause)) as LatePart;
      await runCooperatively(fillLate(data, heap.snapshot, heap.retention.tree), cancellation);
    },
  };
}

async function readFast(
  { source, file, header, start }: IndexFile,
  secondPart: SecondPart,
  advance: Advance,
): Promise<Heap> {
  const [first, second] = header.parts as [IndexPart, IndexPart];
  const secondStart = start + first.bytes;
  const report = (bytes: Bytes) => advance(bytes / source.fileBytes);
  const storedAt = (part: IndexPart, at: Bytes): StoredPart | null => {
    const range = file && rangeOf(file, at, part.bytes);
    return range && { part, file: range, name: source.name };
  };
  const storedFirst = storedAt(first, start);
  const storedSecond = storedAt(second, secondStart);
  const readingSecond = storedSecond && secondPart.read(storedSecond);
  readingSecond?.catch(() => undefined); // Awaited below, unless the load is cancelled before.
  const columns = await (storedFirst
    ? readStored(storedFirst, report)
    : readPieces(first, source, start, report));
  const secondColumns = await (readingSecond ??
    readPieces(second, source, secondStart, bytes => report(first.bytes + bytes)));
  return rawHeapOf(
    withColumns(first.data, columns) as RawFirst,
    withColumns(second.data, secondColumns) as RawSecond,
  );
}

function damaged(file: string, details: string): ProblemError {
  return new ProblemError({
    code: 'damaged-index',
    file,
    message: 'This index file is damaged, or cut short.',
    advice: 'Copy it again, or open the dump that it was made from.',
    details,
  });
}

function otherVersion(file: string, version: number): ProblemError {
  const isNewer = version > VERSION;
  return new ProblemError({
    code: 'damaged-index',
    file,
    message: `This index file has version ${version}, and this Heapscape reads version ${VERSION}.`,
    advice: isNewer
      ? 'Use the newer Heapscape that wrote it, or open the dump that it was made from.'
      : 'Open the dump that it was made from, and save a new index file.',
  });
}

/** The source of a heap without its text. */
function withoutText(source: ByteSource): ByteSource {
  return {
    name: source.name,
    fileBytes: source.fileBytes,
    compressed: source.compressed,
    hasText: false,
    position: source.fileBytes,
    findings: source.findings,
    learn: () => undefined,
    slices: () => ({
      next: () => Promise.reject(noText(source.name)),
      [Symbol.asyncIterator]() {
        return this;
      },
    }),
    read: () => Promise.reject(noText(source.name)),
  };
}

function noText(file: string): ProblemError {
  return new ProblemError({
    code: 'unreadable-file',
    file,
    message: 'An index file has no texts of the dump: open the dump itself for this.',
    advice: 'Open the dump that the index was made from.',
  });
}

const NO_RECORD = plainRecord('The record is not in the index file. Open the dump for it.');

/**
 * The importer of a heap without text. The index contains the vocabulary, so indexes of formats that this build does
 * not know can be opened, too. Only object ids need the original importer.
 */
function withoutRecords(id: string, vocabulary: Vocabulary, importers: readonly Importer[]): Importer {
  const objectIds = importers.find(each => each.id === id)?.objectIds;
  return {
    id,
    vocabulary,
    sniff: () => false,
    read: ({ name }) => Promise.reject(noText(name)),
    labelDescriptors: classNameLabels,
    details: () => NO_RECORD,
    ...(objectIds === undefined ? {} : { objectIds }),
  };
}
