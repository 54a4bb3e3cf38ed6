import type { AddressText } from './units.ts';

/** A reference to an object, as a console or a log prints it. */
export type ObjectReference =
  /** `certain`: the text can only be an address; otherwise it could be a word, or a number in decimal digits. */
  | { kind: 'address'; address: bigint; certain: boolean }
  /**
   * What `object_id` returned. `address`: the digits read as hexadecimal, in case they are an address without its `0x`;
   * null if the text says that it is an id.
   */
  | { kind: 'id'; id: bigint; address: bigint | null };

/** Minimum number of hexadecimal digits for an address without `0x`; shorter ones are words. */
const BARE_DIGITS = 8;

/**
 * Parses the ways in which Ruby prints an object: `0x7f2a40000198` with either case and any padding, the digits alone,
 * `#<Order:0x00007f2a40000198 @id=1>` (whole or cut off; the first address counts), a decimal object id, or one with
 * its name as in `object_id: 80` and `id:80`. Null for anything else. O(length).
 */
export function readObjectReference(text: string): ObjectReference | null {
  const trimmed = text.trim();
  const plain = /^0x([0-9a-f]+)$/i.exec(trimmed) ?? /^#<[^@\s]*?:0x([0-9a-f]+)(?![0-9a-z])/i.exec(trimmed);
  if (plain !== null) return asAddress(plain[1]!, true);
  const id = /^"?(?:object_?id|id)"?\s*[:=]?\s*(-?\d{1,20})$/i.exec(trimmed);
  if (id !== null) return { kind: 'id', id: BigInt(id[1]!), address: null };
  if (/^-?\d{1,20}$/.test(trimmed)) {
    const isPadded = trimmed.length === 16 && trimmed.startsWith('0');
    const hex = trimmed.length >= BARE_DIGITS ? asAddress(trimmed, isPadded) : null;
    if (isPadded) return hex;
    return { kind: 'id', id: BigInt(trimmed), address: hex?.kind === 'address' ? hex.address : null };
  }
  if (/^[0-9a-f]+$/i.test(trimmed) && trimmed.length >= BARE_DIGITS) return asAddress(trimmed, false);
  return null;
}

function asAddress(digits: string, certain: boolean): ObjectReference | null {
  if (!/^[0-9a-f]+$/i.test(digits)) return null;
  const address = BigInt(`0x${digits}`);
  return address < 1n << 64n ? { kind: 'address', address, certain } : null;
}

/** An address as the page writes it. */
export function addressText(address: bigint): AddressText {
  return `0x${address.toString(16)}`;
}
