/** An uncompressed zstd frame with blocks of a limited size (RFC 8878), optionally with a checksum. */
export function zstdFrame(
  bytes: Uint8Array,
  blockBytes = 1 << 16,
  withChecksum = false,
): Uint8Array<ArrayBuffer> {
  // Magic, flags, a window of 1 MiB.
  const parts: number[] = [0x28, 0xb5, 0x2f, 0xfd, withChecksum ? 4 : 0, 0x50];
  const chunks: Uint8Array[] = [Uint8Array.from(parts)];
  const count = Math.max(1, Math.ceil(bytes.length / blockBytes));
  for (let block = 0; block < count; block++) {
    const content = bytes.subarray(block * blockBytes, (block + 1) * blockBytes);
    // Whether it is the last block, its type (0 = uncompressed), and its length.
    const header = (block === count - 1 ? 1 : 0) | (content.length << 3);
    chunks.push(Uint8Array.of(header & 0xff, (header >> 8) & 0xff, header >> 16), content);
  }
  if (withChecksum) {
    const sum = Number(xxh64(bytes) & 0xffffffffn);
    chunks.push(Uint8Array.of(sum & 0xff, (sum >> 8) & 0xff, (sum >> 16) & 0xff, sum >>> 24));
  }
  return concatenated(chunks);
}

/** A skippable frame. */
export function skippableFrame(length: number): Uint8Array<ArrayBuffer> {
  return concatenated([Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, length, 0, 0, 0), new Uint8Array(length)]);
}

/** Concatenates pieces. */
export function concatenated(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** XXH64 with seed 0, in a slow implementation of its specification. */
export function xxh64(bytes: Uint8Array): bigint {
  const [p1, p2, p3, p4, p5] = [
    0x9e3779b185ebca87n,
    0xc2b2ae3d27d4eb4fn,
    0x165667b19e3779f9n,
    0x85ebca77c2b2ae63n,
    0x27d4eb2f165667c5n,
  ] as const;
  const cut = (value: bigint) => BigInt.asUintN(64, value);
  const rotated = (value: bigint, by: bigint) => cut((value << by) | (value >> (64n - by)));
  const round = (sum: bigint, word: bigint) => cut(rotated(cut(sum + word * p2), 31n) * p1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  let sum: bigint = p5;
  if (bytes.length >= 32) {
    const lanes = [cut(p1 + p2), p2, 0n, cut(-p1)];
    for (; at + 32 <= bytes.length; at += 32) {
      for (const lane of lanes.keys()) {
        lanes[lane] = round(lanes[lane]!, view.getBigUint64(at + lane * 8, true));
      }
    }
    sum = cut(lanes.reduce((all, lane, n) => all + rotated(lane, [1n, 7n, 12n, 18n][n]!), 0n));
    for (const lane of lanes) sum = cut((sum ^ round(0n, lane)) * p1 + p4);
  }
  sum = cut(sum + BigInt(bytes.length));
  for (; at + 8 <= bytes.length; at += 8) {
    sum = cut(rotated(sum ^ round(0n, view.getBigUint64(at, true)), 27n) * p1 + p4);
  }
  for (; at + 4 <= bytes.length; at += 4) {
    sum = cut(rotated(sum ^ cut(BigInt(view.getUint32(at, true)) * p1), 23n) * p2 + p3);
  }
  for (; at < bytes.length; at++) sum = cut(rotated(sum ^ cut(BigInt(bytes[at]!) * p5), 11n) * p1);
  sum = cut((sum ^ (sum >> 33n)) * p2);
  sum = cut((sum ^ (sum >> 29n)) * p3);
  return sum ^ (sum >> 32n);
}
