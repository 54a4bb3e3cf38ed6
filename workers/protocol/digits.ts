/**
 * A whole number with commas between thousands, as `toLocaleString('en-US')` writes it. That function takes about 50 ms
 * the first time a thread calls it, since it loads locale data.
 */
export function withThousands(value: number): string {
  const digits = String(Math.abs(value));
  return (value < 0 ? '-' : '') + digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
}
