/**
 * The factor by which a sampled site is scaled. With one sample per `rate` bytes, a block of `size` bytes is sampled
 * with probability 1 − e^(−size/rate). jeprof and pprof scale each stack in this way, by the mean size of its blocks.
 */
export function scaleOf(bytes: number, blocks: number, rate: number): number {
  if (rate <= 1 || blocks === 0 || bytes === 0) return 1;
  return 1 / -Math.expm1(-bytes / blocks / rate);
}
