import type { Bytes } from '../../protocol/units.ts';
import type { StoredBytes } from '../stored-bytes.ts';
import { ZstdReader } from './zstd-reader.ts';

/** A file that was unpacked. */
export interface Unpacked {
  blob: Blob;
  /** See {@link ZstdReader.damage}. */
  damage: string | null;
}

/** Amount of text that is passed to the browser at a time, which may keep it on disk. */
const PART_BYTES = 1 << 24;

/**
 * The text of a zstd file as a Blob, for random access: zstd has no restart points. `onText` is called repeatedly
 * with the bytes read from the file and the bytes of text; it may throw to cancel.
 */
export async function unpackedBlob(
  stored: StoredBytes,
  onText: (position: Bytes, textBytes: Bytes) => void | Promise<void>,
): Promise<Unpacked> {
  const reader = new ZstdReader(stored);
  const parts: Blob[] = [];
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let textBytes = 0;
  for await (const text of reader.text()) {
    waiting.push(text);
    length += text.length;
    textBytes += text.length;
    await onText(reader.position, textBytes);
    if (length < PART_BYTES) continue;
    parts.push(new Blob(waiting));
    waiting = [];
    length = 0;
  }
  return { blob: new Blob([...parts, ...waiting]), damage: reader.damage };
}
