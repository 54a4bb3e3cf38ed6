import { KEY_NAMES } from '../record-keys.ts';
import { TEXT_KINDS, type TextKind } from './rules.ts';

const SIZE = 4096;

/** A key of Ruby's records. */
export interface KnownKey {
  /** With the quote and the colon after it. */
  bytes: Uint8Array;
  kind: TextKind;
}

/** Finds the keys of records by their bytes, without making strings. */
export class KeyTable {
  readonly #known: (KnownKey | undefined)[] = new Array<KnownKey | undefined>(SIZE).fill(undefined);

  constructor() {
    for (const name of KEY_NAMES) {
      const bytes = new TextEncoder().encode(`${name}":`);
      const slot = slotOf(bytes, 0, name.length);
      if (this.#known[slot] !== undefined) throw new Error(`the key ${name} has the slot of another`);
      this.#known[slot] = { bytes, kind: TEXT_KINDS[name] ?? 'known' };
    }
  }

  /** The key whose bytes start at `at`, after its quote; undefined if it is none of Ruby's. */
  find(bytes: Uint8Array, at: number, end: number): KnownKey | undefined {
    let p = at;
    let slot = 0;
    for (; p < end; p++) {
      const byte = bytes[p]!;
      if (byte === 0x22) break;
      slot = (slot * 33 + byte) & (SIZE - 1);
    }
    const known = this.#known[slot];
    if (known === undefined || at + known.bytes.length > end) return undefined;
    for (let i = 0; i < known.bytes.length; i++) if (bytes[at + i] !== known.bytes[i]) return undefined;
    return known;
  }
}

function slotOf(bytes: Uint8Array, from: number, to: number): number {
  let slot = 0;
  for (let p = from; p < to; p++) slot = (slot * 33 + bytes[p]!) & (SIZE - 1);
  return slot;
}
