let key0: u64 = 0;
let key1: u64 = 0;

let v0: u64 = 0;
let v1: u64 = 0;
let v2: u64 = 0;
let v3: u64 = 0;

export function setHashKey(first: u64, second: u64): void {
  key0 = first;
  key1 = second;
}

@inline
function round(): void {
  v0 += v1;
  v1 = rotl<u64>(v1, 13) ^ v0;
  v0 = rotl<u64>(v0, 32);
  v2 += v3;
  v3 = rotl<u64>(v3, 16) ^ v2;
  v0 += v3;
  v3 = rotl<u64>(v3, 21) ^ v0;
  v2 += v1;
  v1 = rotl<u64>(v1, 17) ^ v2;
  v2 = rotl<u64>(v2, 32);
}

function takeWord(word: u64): void {
  v3 ^= word;
  round();
  round();
  v0 ^= word;
}

/**
 * SipHash-2-4 of the bytes `start` … `end`, a keyed hash of 64 bits (Aumasson and Bernstein, "SipHash: a fast
 * short-input PRF"). Without the key the hash of a text can neither be computed nor looked up. Eight bytes after
 * `end` must be readable.
 */
export function sipHash(start: usize, end: usize): u64 {
  v0 = key0 ^ 0x736f6d6570736575;
  v1 = key1 ^ 0x646f72616e646f6d;
  v2 = key0 ^ 0x6c7967656e657261;
  v3 = key1 ^ 0x7465646279746573;
  let at = start;
  for (; at + 8 <= end; at += 8) takeWord(load<u64>(at));
  const rest = <u64>(end - at) << 3;
  takeWord((load<u64>(at) & (((<u64>1) << rest) - 1)) | (<u64>(end - start) << 56));
  v2 ^= 0xff;
  round();
  round();
  round();
  round();
  return v0 ^ v1 ^ v2 ^ v3;
}
