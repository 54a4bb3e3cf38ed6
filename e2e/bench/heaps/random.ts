/**
 * Pseudo-random numbers that depend only on the arguments, so that any record can be written without those before it.
 * Uses the mixing steps of MurmurHash3's finaliser (A. Appleby, public domain). Result: 32 bits, unsigned.
 */
export function hash(seed: number, a: number, b = 0): number {
  let h = (Math.imul(a ^ seed, 0x9e3779b1) + Math.imul(b + 1, 0x85ebca6b)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number from 0 to below-1, uniformly distributed. */
export function below(random: number, limit: number): number {
  return Math.floor((random / 0x1_0000_0000) * limit);
}

/** 0 … length-1 in random order (Fisher and Yates). */
export function shuffled(length: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length }, (_, at) => at);
  for (let at = length - 1; at > 0; at--) {
    const other = below(hash(seed, at), at + 1);
    const value = order[at]!;
    order[at] = order[other]!;
    order[other] = value;
  }
  return order;
}
