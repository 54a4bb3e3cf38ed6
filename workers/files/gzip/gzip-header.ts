/** Bits of the flags of a member's header (RFC 1952, 2.3). */
const Flag = { checksum: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;
const FIXED_BYTES = 10;
/** The first bytes: the gzip signature, and the method deflate, which is the only one. */
const MAGIC = [0x1f, 0x8b, 8];
/** Size of the checksum and the length after the text. */
export const TRAILER_BYTES = 8;

// biome-ignore lint/suspicious/noControlCharactersInRegex: bytes of a binary file are what is looked for.
const IN_UTF8 = /^(?:\xef\xbb\xbf)?\x1f(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2})\x08/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same.
const IN_UTF16 = /^\xff\xfe\x1f\0[\s\S]{2}\x08\0/;
/**
 * The beginning of a gzip file, one character a byte, that a program read as text and wrote again in UTF-8 or UTF-16:
 * its second byte became U+FFFD or another character.
 */
export const SAVED_AS_TEXT = new RegExp(`${IN_UTF8.source}|${IN_UTF16.source}`);

/** The shortest header of a member. */
export const SHORTEST_HEADER_BYTES = FIXED_BYTES;

/** Whether a file with this beginning is gzip. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Whether bytes begin like the header of a member. */
export function mayBeHeader(bytes: Uint8Array): boolean {
  if (bytes.length < FIXED_BYTES) return false;
  return MAGIC.every((byte, at) => bytes[at] === byte) && (bytes[3]! & Flag.reserved) === 0;
}

/**
 * Length of the header of a gzip member in bytes; null if more bytes are needed, NaN if it is not a header.
 */
export function headerBytes(bytes: Uint8Array): number | null {
  if (MAGIC.some((byte, at) => at < bytes.length && bytes[at] !== byte)) return Number.NaN;
  if (bytes.length < FIXED_BYTES) return null;
  if (!mayBeHeader(bytes)) return Number.NaN;
  const flags = bytes[3]!;
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

/** Whether a whole header matches its checksum, the low half of its CRC-32, if it has one. */
export function hasRightChecksum(header: Uint8Array): boolean {
  if ((header[3]! & Flag.checksum) === 0) return true;
  const covered = header.subarray(0, -2);
  const stored = header.at(-2)! | (header.at(-1)! << 8);
  return (crc32(covered) & 0xffff) === stored;
}

/** CRC-32 (RFC 1952, 8), bit by bit: headers are short. */
function crc32(bytes: Uint8Array): number {
  let sum = 0xffff_ffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb8_8320 : 0);
  }
  return ~sum;
}

/** The trailer of a member: CRC-32 of its text, and the text's length modulo 2^32. */
export function readTrailer(bytes: Uint8Array): { checksum: number; length: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, TRAILER_BYTES);
  return { checksum: view.getUint32(0, true), length: view.getUint32(4, true) };
}
