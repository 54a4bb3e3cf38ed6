import type { LoadedSnapshot } from '../loading/load.ts';
import type { IndexForm } from '../protocol/index-magic.ts';
import type { Fraction } from '../protocol/units.ts';
import { chunksOf } from './chunks.ts';
import {
  checksumOf,
  columnChecksum,
  columnTypeOf,
  type IndexHeader,
  MAGIC,
  VERSION,
  withoutColumns,
} from './format.ts';
import { plainHeap } from './plain-snapshot.ts';
import { rawSnapshot } from './raw-snapshot.ts';

/**
 * An open heap as an index file, in pieces: all its columns and indexes, but no text of a string and no record. `advance`
 * is told how far it is, and ends it by throwing. O(size of the columns).
 */
export async function* indexFile(
  { source, importer, snapshot, retention }: LoadedSnapshot,
  form: IndexForm,
  advance: (fraction: Fraction) => Promise<void>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const isFast = form === 'fast';
  const { data, columns } = withoutColumns(
    isFast ? { snapshot: rawSnapshot(snapshot), retention } : plainHeap(snapshot, retention),
  );
  const header: IndexHeader = {
    name: source.name,
    fileBytes: source.fileBytes,
    compressed: source.compressed,
    importerId: importer.id,
    form,
    columns: columns.map(column => ({
      type: columnTypeOf(column)!,
      length: column.length,
      ...(isFast ? { checksum: columnChecksum(column) } : {}),
    })),
    data,
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const sizes = [json.length, checksumOf(json)].map(each => String(each).padStart(10, '0')).join(' ');
  yield new TextEncoder().encode(`${MAGIC}${String(VERSION).padStart(4, '0')}\n${sizes}\n`);
  yield json;

  const total = columns.reduce((sum, column) => sum + column.byteLength, 1);
  let done = 0;
  if (isFast) {
    for (const column of columns) {
      yield new Uint8Array(column.buffer as ArrayBuffer, column.byteOffset, column.byteLength);
      done += column.byteLength;
      await advance(done / total);
    }
    return;
  }
  const chunks = async function* () {
    for (const column of columns) {
      for (const chunk of chunksOf(column)) {
        done += chunk.length;
        yield chunk;
        await advance(done / total);
      }
    }
  };
  yield* packed(chunks());
}

/** Compresses pieces with gzip, a few ahead of the consumer. */
async function* packed(
  pieces: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const packing = new CompressionStream('gzip');
  const writer = packing.writable.getWriter();
  const write = async () => {
    for await (const piece of pieces) await writer.write(piece);
    await writer.close();
  };
  const writing = write().catch(async (error: unknown) => {
    await writer.abort(error);
    throw error;
  });
  writing.catch(() => undefined); // Thrown below, where it is awaited.
  const reader = packing.readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    yield next.value as Uint8Array<ArrayBuffer>;
  }
  await writing;
}
