import type { RecordDetails } from '../importer.ts';
import { Byte } from './bytes.ts';
import { HexAddress } from './slow/field-values.ts';
import type { Token } from './slow/json-record.ts';
import { RecordCutter } from './slow/record-cutter.ts';
import { latin1Of, textOf } from './slow/record-text.ts';

/** The longest part of a text that is shown. */
const MAX_TEXT = 64 * 1024;
/** Texts that some versions of Ruby escape. `file` is never escaped, unless another program wrote the record. */
const ESCAPED = new Set(['value', 'method', 'name', 'mid', 'called_id', 'edge_name']);

/**
 * Finds the record of an address in a block of text, in any layout, and reads its fields for display. Null if it is
 * not there. O(block).
 */
export function recordDetails(block: Uint8Array, address: string): RecordDetails | null {
  const cutter = new RecordCutter();
  if (!findRecord(cutter, block, address)) return null;
  const { start, end, tokens, isEscaped } = cutter;
  const details: RecordDetails = {
    offsetInBlock: start,
    rawBytes: end - start,
    raw: new TextDecoder().decode(block.subarray(start, Math.min(end, start + MAX_TEXT))),
    fields: [],
    text: null,
    textTruncated: false,
    references: [],
    shapeId: null,
  };
  for (const token of tokens) {
    if (token.key === 'references') {
      details.references = addressesIn(block, token);
      continue;
    }
    if (token.key === 'shape_id') details.shapeId = Number(latin1Of(block, token.start, token.end));
    if (token.kind === 'text') {
      const shown = { ...token, end: cutOutsideEscape(block, token.start, token.end) };
      const text = textOf(block, shown, isEscaped || ESCAPED.has(token.key));
      if (token.key === 'value') {
        details.text = text;
        details.textTruncated = shown.end < token.end;
      } else details.fields.push({ name: token.key, value: text });
    } else details.fields.push({ name: token.key, value: latin1Of(block, token.start, token.end) });
  }
  return details;
}

/**
 * Some fields of all records in a block, as stored, by address in the usual notation. The first of two records with
 * one address counts. O(block).
 */
export function fieldsInBlock(
  block: Uint8Array,
  keys: readonly string[],
): Map<string, ReadonlyMap<string, Uint8Array>> {
  const cutter = new RecordCutter();
  const address = new HexAddress();
  const records = new Map<string, Map<string, Uint8Array>>();
  for (let at = 0; at < block.length; at = Math.max(at, cutter.end)) {
    const kind = cutter.next(block, at, block.length, true);
    if (kind === 'pause') continue;
    const { tokens } = cutter;
    const name = tokens.findLast(token => token.key === 'address' && token.kind === 'text');
    const isRecord = (kind === 'object' || kind === 'cut') && name !== undefined;
    if (isRecord && address.read(block, name.start, name.end)) {
      const text = addressText(address);
      const wanted = tokens.filter(
        ({ key, kind: of }) => keys.includes(key) && (of === 'text' || of === 'scalar'),
      );
      const fields = wanted.map(({ key, start, end }) => [key, block.subarray(start, end)] as const);
      if (!records.has(text)) records.set(text, new Map(fields));
    }
    at = cutter.end;
  }
  return records;
}

function addressText({ high, low }: HexAddress): string {
  return `0x${((BigInt(high) << 32n) | BigInt(low)).toString(16)}`;
}

/** Reads the block piece by piece, until the record of the address is complete. False if there is none. */
function findRecord(cutter: RecordCutter, block: Uint8Array, address: string): boolean {
  const wanted = new HexAddress();
  const found = new HexAddress();
  const text = new TextEncoder().encode(address);
  if (!wanted.read(text, 0, text.length)) return false;
  for (let at = 0; at < block.length; at = Math.max(at, cutter.end)) {
    const kind = cutter.next(block, at, block.length, true);
    if (kind === 'pause') continue;
    if (kind === 'object' || kind === 'cut') {
      const token = cutter.tokens.findLast(({ key, kind: of }) => key === 'address' && of === 'text');
      const isRead = token !== undefined && found.read(block, token.start, token.end);
      if (isRead && found.low === wanted.low && found.high === wanted.high) return true;
    }
    at = cutter.end;
  }
  return false;
}

/** The addresses in a list, in lower case and without padding. */
function addressesIn(block: Uint8Array, { start, end }: Token): string[] {
  const texts = latin1Of(block, start, end).matchAll(/"0x0*([0-9a-f]+)"/gi);
  return [...texts].map(match => `0x${match[1]!.toLowerCase()}`);
}

/** The end of at most {@link MAX_TEXT} bytes from `start`, without splitting an escape. */
function cutOutsideEscape(bytes: Uint8Array, start: number, end: number): number {
  if (end - start <= MAX_TEXT) return end;
  let cut = start;
  while (cut < start + MAX_TEXT - 6)
    cut += bytes[cut] === Byte.backslash ? (bytes[cut + 1] === 0x75 ? 6 : 2) : 1;
  return cut;
}
