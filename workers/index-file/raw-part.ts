import type { ByteSource } from '../files/byte-source.ts';
import { storedBytes } from '../files/open-source.ts';
import { PlainSource } from '../files/plain-source.ts';
import type { KeptFile } from '../protocol/dump-file.ts';
import type { Bytes } from '../protocol/units.ts';
import { ColumnsFiller } from './chunks.ts';
import type { Column, IndexPart } from './format.ts';

/** A part of the fast form, and a file of its bytes alone. Plain data for another thread. */
export interface StoredPart {
  part: IndexPart;
  file: Blob | KeptFile;
  /** The name of the whole file, for errors. */
  name: string;
}

/** Called after each piece with how many bytes of the part were read; ends the reading by throwing. */
type AfterPiece = (bytes: Bytes) => Promise<void>;

/** Bytes that are requested at once where nothing is read in order. */
const PIECE_BYTES = 8 << 20;

/**
 * Reads the columns of a part, in order: otherwise reading takes half as long again, because each read waits for the
 * browser's process. Throws if they are not those that were written. O(bytes).
 */
export function readStored(
  { part, file, name }: StoredPart,
  advance: AfterPiece = async () => undefined,
): Promise<Column[]> {
  const source = new PlainSource(storedBytes(file, name));
  return readColumns(part, source.slices(), advance);
}

/** Reads the columns of a part that starts at `start` in a file of which only pieces can be read. */
export function readPieces(
  part: IndexPart,
  source: ByteSource,
  start: Bytes,
  advance: AfterPiece,
): Promise<Column[]> {
  return readColumns(part, pieceByPiece(source, start, start + part.bytes), advance);
}

async function readColumns(
  { columns }: IndexPart,
  slices: AsyncIterable<Uint8Array>,
  advance: AfterPiece,
): Promise<Column[]> {
  const filler = new ColumnsFiller(columns, 'raw');
  let read = 0;
  for await (const slice of slices) {
    filler.take(slice);
    read += slice.length;
    await advance(read);
  }
  const filled = filler.columns();
  for (const [at, checksum] of filler.checksums().entries()) {
    if (checksum !== columns[at]!.checksum) throw new TypeError('the checksum of a column does not match');
  }
  return filled;
}

async function* pieceByPiece(source: ByteSource, start: Bytes, end: Bytes): AsyncGenerator<Uint8Array> {
  for (let offset = start; offset < end; offset += PIECE_BYTES) {
    const [piece] = await source.read([{ offset, length: Math.min(PIECE_BYTES, end - offset) }]);
    yield piece!;
  }
}
