import { GzipReader } from '../files/gzip/gzip-reader.ts';
import type { StoredBytes } from '../files/stored-bytes.ts';
import { ColumnsFiller, chunksOf } from './chunks.ts';
import { columnChecksum, columnTypeOf, type IndexPart, withColumns, withoutColumns } from './format.ts';

/** A part as stored in a file: its description in the header, and its bytes. */
export interface PackedPart {
  part: IndexPart;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Packs plain data with columns. `advance` is called after each piece, with its length. */
export async function packPart(
  value: unknown,
  advance: (bytes: number) => Promise<void>,
): Promise<PackedPart> {
  const { data, columns } = withoutColumns(value);
  const bytes = await packed(async function* () {
    for (const column of columns) {
      for (const chunk of chunksOf(column)) {
        yield chunk;
        await advance(chunk.length);
      }
    }
  });
  const part: IndexPart = {
    columns: columns.map(column => ({ type: columnTypeOf(column)!, length: column.length })),
    data,
    bytes: bytes.length,
    checksum: columnChecksum(bytes),
  };
  return { part, bytes };
}

/**
 * Unpacks the data. Throws if the bytes do not match the description. `advance` is called after each piece. Uses the
 * inflater for dumps, which is three times as fast as the browser's stream.
 */
export async function unpackPart(
  { part, bytes }: PackedPart,
  advance: () => Promise<void> = async () => undefined,
): Promise<unknown> {
  const stored: StoredBytes = {
    name: '',
    length: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    inOrder: () => null,
  };
  const reader = new GzipReader(stored, null);
  const filler = new ColumnsFiller(part.columns, 'split');
  for (let piece = await reader.next(); piece !== null; piece = await reader.next()) {
    filler.take(piece);
    await advance();
  }
  const damage = reader.damage ?? reader.notes[0];
  if (damage !== undefined) throw new TypeError(damage);
  return withColumns(part.data, filler.columns());
}

/** Compresses pieces with gzip. */
async function packed(
  pieces: () => AsyncIterable<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const packing = new CompressionStream('gzip');
  const writer = packing.writable.getWriter();
  const write = async () => {
    for await (const piece of pieces()) await writer.write(piece);
    await writer.close();
  };
  const writing = write().catch(async (error: unknown) => {
    await writer.abort(error);
    throw error;
  });
  const [bytes] = await Promise.all([new Response(packing.readable).arrayBuffer(), writing]);
  return new Uint8Array(bytes);
}
