import { ObjectIds } from '../analysis/find-object.ts';
import type { ByteSource } from '../files/byte-source.ts';
import type { ObjectIdReader } from '../importers/importer.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { Fraction, ObjectIndex } from '../protocol/units.ts';

/** Bytes of text that are read at a time. Reading in order means that a compressed file is inflated once. */
const PIECE_BYTES = 4 * 2 ** 20;

/** Reads a whole file for the object ids in its records. O(text). */
export async function scanObjectIds(
  source: ByteSource,
  objectIds: ObjectIdReader,
  snapshot: HeapSnapshot,
  advance: (fraction: Fraction) => Promise<void>,
): Promise<ObjectIds> {
  const pairs: { id: bigint; object: ObjectIndex }[] = [];
  const scan = objectIds.scan((address, id) => {
    const object = snapshot.pages.objectAtAddress(address);
    if (object >= 0 && id < 1n << 64n) pairs.push({ id, object });
  });
  const { textBytes } = snapshot.facts;
  for (let offset = 0; offset < textBytes; offset += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, textBytes - offset);
    const [piece] = await source.read([{ offset, length }]);
    scan.push(piece!);
    await advance((offset + length) / textBytes);
  }
  scan.finish();
  return new ObjectIds(pairs);
}
