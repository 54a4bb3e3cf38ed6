/** Decimal prefixes: memory_profiler's kilobytes have 1000 bytes. */
const DECIMAL: Record<string, number> = { '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 };

/** Prefixes if a kilobyte is 1024 bytes. */
const BINARY: Record<string, number> = {
  '': 1,
  k: 2 ** 10,
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  T: 2 ** 40,
  P: 2 ** 50,
};

/** "764.84 kB" → 764840; "12 B" → 12; "12" → 12. NaN for other text. Base 1000. */
export function decimalBytes(text: string): number {
  const match = /^([\d.]+)\s*([kKMGTP]?)B?$/.exec(text.trim());
  return match === null ? Number.NaN : Math.round(Number(match[1]) * DECIMAL[match[2]!]!);
}

/**
 * "2.58K", "1.5KB", "30M", "400 bytes", "96KB", "301.8 kb", "12 MiB" → bytes, rounded. NaN for other text. Base 1024.
 */
export function binaryBytes(text: string): number {
  const match = /^([\d.]+)\s*(?:([kKMGTP]?)i?[bB]?|bytes?)$/.exec(text.trim());
  return match === null ? Number.NaN : Math.round(Number(match[1]) * BINARY[match[2] ?? '']!);
}

/** "82,799" → 82799; NaN if it is not an integer. */
export function groupedInteger(text: string): number {
  const match = /^-?\d[\d,]*$/.exec(text.trim());
  return match === null ? Number.NaN : Number(text.replaceAll(',', ''));
}
