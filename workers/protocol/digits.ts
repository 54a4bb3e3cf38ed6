/**
 * A whole number with commas between thousands, as `toLocaleString('en-US')` writes it; whose first call in a thread
 * takes some 50 ms, for it loads the tables of all that it could do besides.
 */
export function withThousands(value: number): string {
  const digits = String(Math.abs(value));
  return (value < 0 ? '-' : '') + digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
}
