/** A key of 128 bits, as four words. */
export type HashKey = readonly [number, number, number, number];

/** A key from its 32 hexadecimal digits; null if the text is none. */
export function hashKeyOf(hex: string): HashKey | null {
  if (!/^[0-9a-f]{32}$/i.test(hex)) return null;
  const word = (at: number) => Number.parseInt(hex.slice(at, at + 8), 16) >>> 0;
  return [word(0), word(8), word(16), word(24)];
}

/**
 * SipHash-2-4, a keyed hash of 64 bits (Aumasson and Bernstein, "SipHash: a fast short-input PRF"). Who lacks the key can
 * neither compute nor look up the hash of a text. Words are held as two halves: JavaScript has no other fast integers.
 */
export class SipHash {
  /** The last result. */
  high = 0;
  low = 0;
  readonly #key: HashKey;

  constructor(key: HashKey) {
    this.#key = key;
  }

  /** Hashes `bytes[start…end]`; the result is in {@link high} and {@link low}. O(length), without allocations. */
  hash(bytes: Uint8Array, start: number, end: number): void {
    const [k0h, k0l, k1h, k1l] = this.#key;
    let v0h = k0h ^ 0x736f6d65;
    let v0l = k0l ^ 0x70736575;
    let v1h = k1h ^ 0x646f7261;
    let v1l = k1l ^ 0x6e646f6d;
    let v2h = k0h ^ 0x6c796765;
    let v2l = k0l ^ 0x6e657261;
    let v3h = k1h ^ 0x74656462;
    let v3l = k1l ^ 0x79746573;
    const length = end - start;
    const blocks = (length >>> 3) + 1;
    for (let block = 0; block < blocks + 2; block++) {
      let mh = 0;
      let ml = 0;
      let rounds = 2;
      if (block < blocks - 1) {
        const at = start + block * 8;
        ml = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
        mh = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24);
      } else if (block === blocks - 1) {
        // The bytes that are left, and the length.
        mh = (length & 0xff) << 24;
        for (let at = start + block * 8, shift = 0; at < end; at++, shift += 8) {
          if (shift < 32) ml |= bytes[at]! << shift;
          else mh |= bytes[at]! << (shift - 32);
        }
      } else if (block === blocks) {
        v2l ^= 0xff;
        rounds = 4;
      } else break;
      v3h ^= mh;
      v3l ^= ml;
      for (let round = 0; round < rounds; round++) {
        let sum = (v0l >>> 0) + (v1l >>> 0);
        v0h = (v0h + v1h + (sum > 0xffff_ffff ? 1 : 0)) | 0;
        v0l = sum | 0;
        let high = (v1h << 13) | (v1l >>> 19);
        v1l = ((v1l << 13) | (v1h >>> 19)) ^ v0l;
        v1h = high ^ v0h;
        high = v0h;
        v0h = v0l;
        v0l = high;
        sum = (v2l >>> 0) + (v3l >>> 0);
        v2h = (v2h + v3h + (sum > 0xffff_ffff ? 1 : 0)) | 0;
        v2l = sum | 0;
        high = (v3h << 16) | (v3l >>> 16);
        v3l = ((v3l << 16) | (v3h >>> 16)) ^ v2l;
        v3h = high ^ v2h;
        sum = (v0l >>> 0) + (v3l >>> 0);
        v0h = (v0h + v3h + (sum > 0xffff_ffff ? 1 : 0)) | 0;
        v0l = sum | 0;
        high = (v3h << 21) | (v3l >>> 11);
        v3l = ((v3l << 21) | (v3h >>> 11)) ^ v0l;
        v3h = high ^ v0h;
        sum = (v2l >>> 0) + (v1l >>> 0);
        v2h = (v2h + v1h + (sum > 0xffff_ffff ? 1 : 0)) | 0;
        v2l = sum | 0;
        high = (v1h << 17) | (v1l >>> 15);
        v1l = ((v1l << 17) | (v1h >>> 15)) ^ v2l;
        v1h = high ^ v2h;
        high = v2h;
        v2h = v2l;
        v2l = high;
      }
      v0h ^= mh;
      v0l ^= ml;
    }
    this.high = (v0h ^ v1h ^ v2h ^ v3h) >>> 0;
    this.low = (v0l ^ v1l ^ v2l ^ v3l) >>> 0;
  }
}
