/** Bits of the flags of a member's header (RFC 1952, 2.3). */
const Flag = { checksum: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;
const FIXED_BYTES = 10;
const DEFLATE = 8;
/** Checksum and length of the text. */
export const TRAILER_BYTES = 8;

/** Whether a file that begins so is gzip. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Bytes of the header that a gzip member begins with; null if it is longer than what is there, NaN if it is none.
 */
export function headerBytes(bytes: Uint8Array): number | null {
  if (bytes.length < FIXED_BYTES) return null;
  const flags = bytes[3]!;
  if (!isGzip(bytes) || bytes[2] !== DEFLATE || (flags & Flag.reserved) !== 0) return Number.NaN;
  let at = FIXED_BYTES;
  if ((flags & Flag.extra) !== 0) {
    if (bytes.length < at + 2) return null;
    at += 2 + (bytes[at]! | (bytes[at + 1]! << 8));
  }
  for (const text of [Flag.name, Flag.comment]) {
    if ((flags & text) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return null;
    at = end + 1;
  }
  if ((flags & Flag.checksum) !== 0) at += 2;
  return at <= bytes.length ? at : null;
}

/** What the trailer of a member says: CRC-32 of its text, and the text's length modulo 2^32. */
export function readTrailer(bytes: Uint8Array): { checksum: number; length: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, TRAILER_BYTES);
  return { checksum: view.getUint32(0, true), length: view.getUint32(4, true) };
}
