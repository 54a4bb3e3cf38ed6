import type { ByteSource } from '../files/byte-source.ts';
import { GzipReader } from '../files/gzip/gzip-reader.ts';
import { classNameLabels } from '../importers/class-name-labels.ts';
import { type Importer, plainRecord } from '../importers/importer.ts';
import type { LoadedSnapshot } from '../loading/load.ts';
import { ProblemError, SUPERSEDED } from '../protocol/errors.ts';
import { isIndexHead } from '../protocol/index-magic.ts';
import type { Fraction } from '../protocol/units.ts';
import type { Vocabulary } from '../protocol/vocabulary.ts';
import { ColumnsFiller } from './chunks.ts';
import {
  type Column,
  checksumOf,
  columnChecksum,
  type IndexHeader,
  MAGIC,
  MAGIC_BYTES,
  VERSION,
  withColumns,
} from './format.ts';
import { heapOf, type PlainHeap } from './plain-snapshot.ts';
import { type RawHeap, snapshotOf } from './raw-snapshot.ts';

/** Said of a heap that is opened from an index file. */
export const WITHOUT_RECORDS =
  'Opened from an index file, which has no records: texts of strings, names of instance variables and raw records are not in it. Open the dump itself for them.';

/** Progress is reported after so many bytes. */
const REPORT_BYTES = 1 << 20;

/** Whether a file is an index file of any version, by its first bytes. */
export async function isIndexFile(source: ByteSource): Promise<boolean> {
  if (source.compressed) return false;
  const [head] = await source.read([{ offset: 0, length: MAGIC_BYTES }]);
  return isIndexHead(head!);
}

/**
 * Opens an index file. Throws a `ProblemError` if it is of another version or damaged. `advance` is reported how far it is,
 * and ends it by throwing. O(size of the columns).
 */
export async function readIndex(
  source: ByteSource,
  importers: readonly Importer[],
  advance: (fraction: Fraction) => Promise<void>,
): Promise<LoadedSnapshot> {
  const { header, start } = await readHeader(source);
  try {
    const isFast = header.form === 'fast';
    const columns = await (isFast ? readRawColumns : readColumns)(source, header, start, advance);
    const data = withColumns(header.data, columns);
    const { snapshot, retention } = isFast ? heapOfRaw(data as RawHeap) : heapOf(data as PlainHeap);
    const { notes } = snapshot.facts.import;
    snapshot.facts.import.notes = [...notes, WITHOUT_RECORDS];
    const importer = withoutRecords(header.importerId, snapshot.vocabulary, importers);
    return { source: withoutText(source), importer, snapshot, retention };
  } catch (error) {
    const isOurs = error instanceof ProblemError || (error instanceof Error && error.name === SUPERSEDED);
    // Damage shows up as any kind of error, such as one of the inflater, or of a column that is too short.
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

function heapOfRaw({ snapshot, retention }: RawHeap): Pick<LoadedSnapshot, 'snapshot' | 'retention'> {
  return { snapshot: snapshotOf(snapshot), retention };
}

/**
 * Reads columns that are as they are in memory, from the file's beginning to its end: reading one column after the other
 * takes half as long again, because each read waits for the browser's process.
 */
async function readRawColumns(
  source: ByteSource,
  { columns }: IndexHeader,
  start: number,
  advance: (fraction: Fraction) => Promise<void>,
): Promise<Column[]> {
  const fill = new ColumnsFiller(columns, 'raw');
  let offset = 0;
  for await (const slice of source.slices()) {
    fill.take(slice.subarray(Math.max(0, start - offset)));
    offset += slice.length;
    await advance(offset / source.fileBytes);
  }
  const read = fill.columns();
  for (const [at, column] of read.entries()) {
    if (columnChecksum(column) !== columns[at]!.checksum) {
      throw new TypeError('the checksum of a column does not match');
    }
  }
  return read;
}

/** Reads columns that are coded and packed. The inflater that reads dumps is three times as fast as the browser's stream. */
async function readColumns(
  source: ByteSource,
  { columns }: IndexHeader,
  start: number,
  advance: (fraction: Fraction) => Promise<void>,
): Promise<Column[]> {
  const { name, fileBytes } = source;
  const reader = new GzipReader(
    {
      name,
      length: fileBytes - start,
      read: async (offset, length) => (await source.read([{ offset: start + offset, length }]))[0]!,
      inOrder: () => null,
    },
    null,
  );
  const fill = new ColumnsFiller(columns, 'split');
  let reported = 0;
  for (let piece = await reader.next(); piece !== null; piece = await reader.next()) {
    fill.take(piece);
    if (reader.position < reported + REPORT_BYTES) continue;
    reported = reader.position;
    await advance((start + reported) / fileBytes);
  }
  const damage = reader.damage ?? reader.notes[0];
  if (damage !== undefined) throw new TypeError(damage);
  return fill.columns();
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

/** The source of a heap whose text is not there. */
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
 * The importer of such a heap, which reads no text. The vocabulary is in the index, so indexes of formats that this build
 * does not know can be opened, too. Only object ids need the original importer.
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
