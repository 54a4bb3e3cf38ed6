/**
 * How many times a sampled site counts: one in `rate` bytes is sampled, so that a block of `size` bytes is with the
 * probability 1 − e^(−size/rate). This is what jeprof and pprof do with each stack, with the mean size of its blocks.
 */
export function scaleOf(bytes: number, blocks: number, rate: number): number {
  if (rate <= 1 || blocks === 0 || bytes === 0) return 1;
  return 1 / -Math.expm1(-bytes / blocks / rate);
}
