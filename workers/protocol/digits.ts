/**
 * A whole number with commas between thousands, as `toLocaleString('en-US')` writes it. That function is avoided
 * because its first call in a thread takes about 50 ms to load locale data.
 */
export function withThousands(value: number): string {
  const digits = String(Math.abs(value));
  return (value < 0 ? '-' : '') + digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
}
