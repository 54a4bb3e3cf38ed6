import { withThousands } from '../digits.ts';
import type { Bytes } from '../units.ts';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/**
 * Bytes for reading: three significant digits (four from 1000 to 1023), powers of 1024. `62669` → `61.2 KiB`; `-40` →
 * `−40 B`.
 */
export function formatBytes(bytes: Bytes): string {
  const sign = bytes < 0 ? '\u2212' : '';
  let value = Math.abs(bytes);
  let unit = 0;
  // A value that would round to "1024 KiB" is shown as 1.00 MiB.
  while (unit < UNITS.length - 1 && value >= (unit === 0 ? 1024 : 1023.5)) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${sign}${value.toFixed(digits)}\u00a0${UNITS[unit]}`;
}

/** The exact number of bytes, for tooltips and copied text: `62,669 bytes`. */
export function formatExactBytes(bytes: Bytes): string {
  return `${withThousands(bytes)} ${Math.abs(bytes) === 1 ? 'byte' : 'bytes'}`;
}

/** A rate: `81.4 MiB/s`. */
export function formatBytesPerSecond(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}
