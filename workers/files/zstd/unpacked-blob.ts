import type { StoredBytes } from '../stored-bytes.ts';
import { ZstdReader } from './zstd-reader.ts';

/** A file that was unpacked. */
export interface Unpacked {
  blob: Blob;
  /** See {@link ZstdReader.damage}. */
  damage: string | null;
}

/** Text that is handed over to the browser at a time, which may keep it on the disk. */
const PART_BYTES = 1 << 24;

/**
 * The text of a zstd file as a Blob, of which any piece can be read: zstd has no places to restart from. `onPosition`
 * is called again and again, and throws to end it.
 */
export async function unpackedBlob(
  stored: StoredBytes,
  onPosition: () => void | Promise<void>,
): Promise<Unpacked> {
  const reader = new ZstdReader(stored);
  const parts: Blob[] = [];
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const text of reader.text()) {
    waiting.push(text);
    length += text.length;
    if (length < PART_BYTES) continue;
    parts.push(new Blob(waiting));
    waiting = [];
    length = 0;
    await onPosition();
  }
  return { blob: new Blob([...parts, ...waiting]), damage: reader.damage };
}
