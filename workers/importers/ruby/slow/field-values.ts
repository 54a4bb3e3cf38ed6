import { Byte, HEX } from '../bytes.ts';
import { isSpace, type Token } from './json-record.ts';
import { latin1Of } from './record-text.ts';

/** Returned for an impossible value. */
export const IMPOSSIBLE = -1;

const MAX_JOINED_BYTES = 40;

/** The 64-bit address that was read last. */
export class HexAddress {
  low = 0;
  high = 0;

  /** Reads `0x` and up to sixteen digits in either case, not counting leading zeros. False if that is not there. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    let p = start + 2;
    if (end <= p || bytes[start] !== Byte.zero || (bytes[start + 1]! | 0x20) !== 0x78) return false;
    while (p < end - 1 && bytes[p] === Byte.zero) p++;
    if (end - p > 16) return false;
    this.low = 0;
    this.high = 0;
    for (; p < end; p++) {
      const digit = HEX[bytes[p]!]!;
      if (digit < 0) return false;
      this.high = ((this.high << 4) | (this.low >>> 28)) >>> 0;
      this.low = ((this.low << 4) | digit) >>> 0;
    }
    return true;
  }

  /** Like {@link read}, but allows whitespace within the address: a line may have been wrapped. */
  readJoined(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.read(bytes, start, end)) return true;
    if (end - start > MAX_JOINED_BYTES) return false;
    const joined = bytes.slice(start, end).filter(byte => !isSpace(byte));
    return this.read(joined, 0, joined.length);
  }
}

/**
 * A count or a size: a whole number from 0 to `most`, written as 40, "40", 40.0 or 4e1. {@link IMPOSSIBLE} if it is
 * anything else; null if it is `null`.
 */
export function readCount(bytes: Uint8Array, token: Token, most: number): number | null {
  if (token.kind !== 'text' && token.kind !== 'scalar') return IMPOSSIBLE;
  const text = latin1Of(bytes, token.start, Math.min(token.end, token.start + 60));
  if (text === 'null') return null;
  if (!/^\d+(\.0+)?([eE]\+?\d+)?$/.test(text)) return IMPOSSIBLE;
  const number = Number(text);
  return Number.isInteger(number) && number <= most ? number : IMPOSSIBLE;
}
