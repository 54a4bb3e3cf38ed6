/** The polynomial of CRC-32 (ISO 3309), with its bits reversed. */
const POLYNOMIAL: u32 = 0xedb88320;
const TABLES: u32 = 16;

/** Table k: the contribution of a byte that is followed by k more bytes. */
const tables = memory.data(16 << 10);

export function setUpCrc(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ ((sum & 1) * POLYNOMIAL);
    store<u32>(tables + (byte << 2), sum);
  }
  for (let at: u32 = 256; at < TABLES << 8; at++) {
    const before = load<u32>(tables + ((at - 256) << 2));
    store<u32>(tables + (at << 2), (before >>> 8) ^ load<u32>(tables + ((before & 0xff) << 2)));
  }
}

/** The contribution of the byte of `word` at bit `shift`, which is followed by `after` more bytes. */
@inline
function step(word: u64, shift: u64, after: usize): u32 {
  return load<u32>(tables + (after << 10) + ((<usize>(word >>> shift) & 0xff) << 2));
}

/** The checksum of a text that continues with `start` … `end`, sixteen bytes at a time (slicing, M. Kounavis, 2005). */
export function crcOf(before: u32, start: usize, end: usize): u32 {
  let sum = ~before;
  let at = start;
  for (; at + 16 <= end; at += 16) {
    const a = load<u64>(at) ^ <u64>sum;
    const b = load<u64>(at, 8);
    sum =
      step(a, 0, 15) ^
      step(a, 8, 14) ^
      step(a, 16, 13) ^
      step(a, 24, 12) ^
      (step(a, 32, 11) ^ step(a, 40, 10) ^ step(a, 48, 9) ^ step(a, 56, 8)) ^
      (step(b, 0, 7) ^ step(b, 8, 6) ^ step(b, 16, 5) ^ step(b, 24, 4)) ^
      (step(b, 32, 3) ^ step(b, 40, 2) ^ step(b, 48, 1) ^ step(b, 56, 0));
  }
  for (; at < end; at++) sum = (sum >>> 8) ^ load<u32>(tables + (((sum ^ <u32>load<u8>(at)) & 0xff) << 2));
  return ~sum;
}
