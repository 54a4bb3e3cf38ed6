/** A zstd frame with the bytes as they are, in blocks of a limited size (RFC 8878). */
export function zstdFrame(bytes: Uint8Array, blockBytes = 1 << 16): Uint8Array<ArrayBuffer> {
  // Magic, no flags, a window of 1 MiB.
  const parts: number[] = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50];
  const chunks: Uint8Array[] = [Uint8Array.from(parts)];
  const count = Math.max(1, Math.ceil(bytes.length / blockBytes));
  for (let block = 0; block < count; block++) {
    const content = bytes.subarray(block * blockBytes, (block + 1) * blockBytes);
    // Whether it is the last, its type (0 = as it is), and its length.
    const header = (block === count - 1 ? 1 : 0) | (content.length << 3);
    chunks.push(Uint8Array.of(header & 0xff, (header >> 8) & 0xff, header >> 16), content);
  }
  return concatenated(chunks);
}

/** A frame that unpackers leave out. */
export function skippableFrame(length: number): Uint8Array<ArrayBuffer> {
  return concatenated([Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, length, 0, 0, 0), new Uint8Array(length)]);
}

/** Pieces one after the other. */
export function concatenated(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
