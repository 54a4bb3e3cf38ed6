import type { Bytes } from '../protocol/units.ts';
import type { StoredBytes } from './stored-bytes.ts';

/** As much as recognizing a file takes, whatever it is. */
const HEAD_BYTES: Bytes = 1 << 16;

/**
 * The same bytes, with the first 64 KiB read only once. Each way to recognize a file reads its beginning, and a read takes
 * several milliseconds, or a request to a server.
 */
export function withHead(stored: StoredBytes): StoredBytes {
  let head: Promise<Uint8Array> | null = null;
  const readHead = async () => {
    try {
      return await stored.read(0, Math.min(HEAD_BYTES, stored.length));
    } catch (error) {
      head = null; // The next read tries again.
      throw error;
    }
  };
  return {
    name: stored.name,
    length: stored.length,
    async read(offset, length) {
      if (offset + length > HEAD_BYTES) return stored.read(offset, length);
      head ??= readHead();
      // A copy, which the caller may transfer to another thread.
      return (await head).slice(offset, offset + length);
    },
    inOrder: () => stored.inOrder(),
  };
}
