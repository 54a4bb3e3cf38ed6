import type { ByteSource } from '../files/byte-source.ts';

/** A byte source for bytes, cut into slices after the given positions. Each slice has its own memory. */
export function bytesSource(bytes: Uint8Array, cuts: readonly number[] = []): ByteSource {
  let position = 0;
  return {
    name: 'test.json',
    fileBytes: bytes.length,
    compressed: false,
    findings: { damage: null, notes: [], restartPoints: [] },
    learn: () => undefined,
    get position() {
      return position;
    },
    async *slices() {
      position = 0;
      for (const end of [...cuts, bytes.length]) {
        const slice = bytes.slice(position, end);
        position = end;
        if (slice.length > 0) yield slice;
      }
    },
    read: async pieces => pieces.map(({ offset, length }) => bytes.slice(offset, offset + length)),
  };
}
