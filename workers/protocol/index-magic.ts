/** The beginning of an index file; four digits of the version and a newline follow. */
export const INDEX_MAGIC = 'heapscape-index ';

/** Whether a file with these first bytes is an index file, of any version. */
export function isIndexHead(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, INDEX_MAGIC.length)) === INDEX_MAGIC;
}

/**
 * How an index is written: small, for a file to share, or fast to open but several times larger, for one that stays on
 * the device.
 */
export type IndexForm = 'small' | 'fast';
