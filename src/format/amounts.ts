import { formatBytes, formatExactBytes } from './bytes.ts';
import { formatCount } from './counts.ts';

/** Symbols that follow a number. Counts have none. */
const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['seconds', 's'],
  ['milliseconds', 'ms'],
  ['microseconds', 'µs'],
  ['instructions', 'instructions'],
  ['events', 'events'],
]);

/** A number of a profile or a series as text, by its unit: `61.2 KiB`, `12,480`, `1.25 s`. */
export function formatAmount(value: number, unit: string): string {
  return unit === 'bytes' ? formatBytes(value) : withSymbol(value, unit);
}

/** The same with all digits: `62,669 bytes`. */
export function formatExactAmount(value: number, unit: string): string {
  return unit === 'bytes' ? formatExactBytes(value) : withSymbol(value, unit);
}

/** The same for the ticks of an axis, whose name gives the unit if that is a word. */
export function formatTick(value: number, unit: string): string {
  return formatAmount(value, (SYMBOLS.get(unit) ?? '').length > 2 ? 'count' : unit);
}

function withSymbol(value: number, unit: string): string {
  // In sampled profiles, counts are estimates and may have fractions.
  const isWhole = Number.isInteger(value) || Math.abs(value) >= 1000;
  const text = isWhole ? formatCount(Math.round(value)) : `${Number(value.toPrecision(4))}`;
  const symbol = SYMBOLS.get(unit);
  return symbol === undefined ? text : `${text}\u00a0${symbol}`;
}
