import type { LoadedSnapshot } from '../loading/load.ts';
import type { IndexForm } from '../protocol/index-magic.ts';
import type { Fraction } from '../protocol/units.ts';
import {
  type Column,
  checksumOf,
  columnChecksum,
  columnTypeOf,
  type IndexHeader,
  type IndexPart,
  MAGIC,
  VERSION,
  withoutColumns,
} from './format.ts';
import { packPart } from './part.ts';
import { plainHeap } from './plain-snapshot.ts';
import { rawHeap } from './raw-heap.ts';

type Pieces = AsyncGenerator<Uint8Array<ArrayBuffer>>;
type Advance = (fraction: Fraction) => Promise<void>;

/** Typical number of bytes per object before compression, to estimate the progress. */
const PACKED_FROM_BYTES = 24;

/**
 * An open heap as an index file, in pieces: all columns and indexes, but no texts of strings and no records. `advance`
 * receives the progress, and can stop the work by throwing. O(size of the columns). The small form is held in memory
 * until it is complete.
 */
export async function* indexFile(loaded: LoadedSnapshot, form: IndexForm, advance: Advance): Pieces {
  yield* form === 'fast' ? fastFile(loaded, advance) : smallFile(loaded, advance);
}

async function* fastFile(loaded: LoadedSnapshot, advance: Advance): Pieces {
  const parts = rawHeap(loaded.snapshot, loaded.retention).map(withoutColumns);
  const described = parts.map(({ data, columns }): IndexPart => {
    const bytes = columns.reduce((sum, column) => sum + column.byteLength, 0);
    return { columns: columns.map(descriptionOf), data, bytes };
  });
  yield* beginning(loaded, 'fast', described);
  const total = described.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const column of parts.flatMap(({ columns }) => columns)) {
    yield new Uint8Array(column.buffer as ArrayBuffer, column.byteOffset, column.byteLength);
    done += column.byteLength;
    await advance(done / total);
  }
}

function descriptionOf(column: Column): IndexPart['columns'][number] {
  return { type: columnTypeOf(column)!, length: column.length, checksum: columnChecksum(column) };
}

async function* smallFile(loaded: LoadedSnapshot, advance: Advance): Pieces {
  const { first, side, late } = plainHeap(loaded.snapshot, loaded.retention);
  const expected = 1 + loaded.snapshot.objects * PACKED_FROM_BYTES;
  let done = 0;
  const advanceBy = (bytes: number) => {
    done += bytes;
    return advance(Math.min(1, done / expected));
  };
  const packed = [
    await packPart(first, advanceBy),
    await packPart(side, advanceBy),
    await packPart(late, advanceBy),
  ];
  yield* beginning(
    loaded,
    'small',
    packed.map(({ part }) => part),
  );
  for (const { bytes } of packed) yield bytes;
}

/** Everything before the parts. */
function* beginning(
  { source, importer }: LoadedSnapshot,
  form: IndexForm,
  parts: IndexPart[],
): Generator<Uint8Array<ArrayBuffer>> {
  const { name, fileBytes, compressed } = source;
  const header: IndexHeader = { name, fileBytes, compressed, importerId: importer.id, form, parts };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const sizes = [json.length, checksumOf(json)].map(each => String(each).padStart(10, '0')).join(' ');
  yield new TextEncoder().encode(`${MAGIC}${String(VERSION).padStart(4, '0')}\n${sizes}\n`);
  yield json;
}
