import type { RecordDetails } from '../importer.ts';
import { Byte } from './bytes.ts';
import { latin1Of, textOf, tokenize } from './record-tokens.ts';

/** What is shown of one text. */
const MAX_TEXT = 64 * 1024;
/** Texts that some Ruby escapes. `file` never is. */
const ESCAPED = new Set(['value', 'method', 'name', 'mid', 'called_id', 'edge_name']);

/**
 * Finds the record of an address in a block of text and reads its fields for people. Null if it is not there.
 * O(block).
 */
export function recordDetails(block: Uint8Array, address: string): RecordDetails | null {
  const start = findRecord(block, address);
  if (start < 0) return null;
  const end = endOfRecord(block, start);
  const { tokens } = tokenize(block, start, end);
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
      details.references = [...latin1Of(block, token.start, token.end).matchAll(/"(0x[0-9a-f]+)"/gi)].map(
        match => match[1]!.toLowerCase(),
      );
      continue;
    }
    if (token.key === 'shape_id') details.shapeId = Number(latin1Of(block, token.start, token.end));
    if (token.kind === 'text') {
      const shown = { ...token, end: cutOutsideEscape(block, token.start, token.end) };
      const text = textOf(block, shown, ESCAPED.has(token.key));
      if (token.key === 'value') {
        details.text = text;
        details.textTruncated = shown.end < token.end;
      } else details.fields.push({ name: token.key, value: text });
    } else details.fields.push({ name: token.key, value: latin1Of(block, token.start, token.end) });
  }
  return details;
}

function findRecord(block: Uint8Array, address: string): number {
  const text = new TextEncoder().encode(`{"address":"${address}"`);
  for (let at = block.indexOf(Byte.openBrace); at >= 0; at = block.indexOf(Byte.openBrace, at + 1)) {
    let i = 1;
    while (i < text.length && lower(block[at + i]!) === text[i]) i++;
    if (i === text.length) return at;
  }
  return -1;
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

/** The end of the record's line; of several lines, where a newline in a path cut it. */
function endOfRecord(block: Uint8Array, start: number): number {
  let end = start;
  for (let lines = 0; lines < 8; lines++) {
    const newline = block.indexOf(Byte.lf, end + 1);
    end = newline < 0 ? block.length : newline;
    const textEnd = block[end - 1] === Byte.cr ? end - 1 : end;
    if (block[textEnd - 1] === Byte.closeBrace || end === block.length) return textEnd;
  }
  return Math.min(block.length, Math.max(start + 1, block.indexOf(Byte.lf, start)));
}

/** At most {@link MAX_TEXT} bytes from `start`, not cutting an escape in two. */
function cutOutsideEscape(bytes: Uint8Array, start: number, end: number): number {
  if (end - start <= MAX_TEXT) return end;
  let cut = start;
  while (cut < start + MAX_TEXT - 6)
    cut += bytes[cut] === Byte.backslash ? (bytes[cut + 1] === 0x75 ? 6 : 2) : 1;
  return cut;
}
