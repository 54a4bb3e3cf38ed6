import { promisify } from 'node:util';
import { constants, deflateRaw } from 'node:zlib';
import { Inflater } from '../files/gzip/inflater.ts';

/** Takes half as long as the next level, for a result that is a twentieth larger. */
const LEVEL = 3;
/** Size of the pieces compressed in parallel; each has the end of the previous one as its dictionary. */
const PIECE_BYTES = 1 << 20;
const WINDOW_BYTES = 1 << 15;
/** Node's thread pool has four threads by default. */
const AT_ONCE = 4;

const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
/** An empty last block. */
const END = Uint8Array.of(3, 0);

const packed = promisify(deflateRaw);

/**
 * Compresses text with gzip in several threads. The result is one member, as from `pigz`: Ruby reads only the first
 * one. Pieces of text must not change afterwards.
 */
export async function* parallelGzip(
  text: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const checks = new Inflater();
  let sum = 0;
  let length = 0;
  let before = new Uint8Array(0);
  const packing: Promise<Uint8Array>[] = [];
  yield HEADER;
  try {
    for await (const whole of text) {
      for (let at = 0; at < whole.length; at += PIECE_BYTES) {
        const piece = whole.subarray(at, at + PIECE_BYTES);
        const options = { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH };
        const started = packed(piece, before.length === 0 ? options : { ...options, dictionary: before });
        started.catch(() => undefined); // Thrown where it is awaited, unless another error came first.
        packing.push(started);
        sum = checks.checksumOf(piece, sum);
        length += piece.length;
        before = piece.subarray(-WINDOW_BYTES);
        if (packing.length === AT_ONCE) yield await packing.shift()!;
      }
    }
    while (packing.length > 0) yield await packing.shift()!;
  } finally {
    await Promise.allSettled(packing);
  }
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, sum, true);
  trailer.setUint32(4, length % 2 ** 32, true);
  yield END;
  yield new Uint8Array(trailer.buffer);
}
