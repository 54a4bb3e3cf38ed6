import type { ByteOffset } from '../../protocol/units.ts';
import { hasColouredKeys } from './ansi.ts';
import { CRI_PREFIX } from './cri-log.ts';
import { findDoubledKey } from './csv.ts';
import type { Layer } from './layer.ts';
import { openBrackets } from './nesting.ts';
import { findRecordMark, type RecordMark } from './record-marks.ts';
import { isTar } from './tar.ts';

/** What was found in a text: plain records, or a layer around them. */
export type Found = { kind: 'records' } | { kind: 'layer'; layer: Layer };

/** Records without a layer. */
export const RECORDS: Found = { kind: 'records' };

/** A layer that is recognized by the first bytes of a file; null for other files. */
export function findBinaryLayer(head: Uint8Array): Layer | null {
  return isTar(head) ? { kind: 'tar' } : findUtf16(head);
}

/** UTF-16, recognized by its byte order mark, or by the zeros in ASCII text; null for other text. */
function findUtf16(head: Uint8Array): Layer | null {
  if (head[0] === 0xff && head[1] === 0xfe) return { kind: 'utf-16', bigEndian: false };
  if (head[0] === 0xfe && head[1] === 0xff) return { kind: 'utf-16', bigEndian: true };
  const units = Math.min(head.length >> 1, 2048);
  const zeros = [0, 0];
  for (let at = 0; at < units * 2; at++) if (head[at] === 0) zeros[at & 1]!++;
  const [even, odd] = zeros as [number, number];
  if (units < 8 || Math.max(even, odd) < units * 0.9 || Math.min(even, odd) > 0) return null;
  return { kind: 'utf-16', bigEndian: even > odd };
}

/**
 * Finds the first record in a piece of text, one character a byte, and what it is wrapped in. Null if it contains no
 * record. `offset`: where the piece starts. `openedAt`: the position of the last quote in the same line before it, if
 * any. O(length).
 */
export function findLayer(text: string, offset: ByteOffset, openedAt: ByteOffset | null): Found | null {
  if (hasColouredKeys(text)) return { kind: 'layer', layer: { kind: 'ansi' } };
  const mark = findRecordMark(text);
  const doubled = findDoubledKey(mark === null ? text : text.slice(0, mark.index));
  if (doubled >= 0) return { kind: 'layer', layer: { kind: 'csv' } };
  const base64 = findBase64(mark === null ? text : text.slice(0, mark.index), offset);
  if (base64 !== null) return { kind: 'layer', layer: base64 };
  if (mark === null) return null;
  const lineStart = text.lastIndexOf('\n', mark.index) + 1;
  const layer =
    mark.backslashes === 0
      ? findBareLayer(text, lineStart)
      : findStringLayer(text, lineStart, mark, offset, openedAt);
  return layer === null ? RECORDS : { kind: 'layer', layer };
}

/** The UTF-8 byte order mark, read as windows-1252. */
const BYTE_ORDER_MARK = /^\u00ef\u00bb\u00bf/;

/** How many characters before a string are searched for its key. */
const LONGEST_KEY = 300;

/** A layer around records that are not in a string. */
function findBareLayer(text: string, lineStart: number): Layer | null {
  if (CRI_PREFIX.test(text.slice(lineStart, lineStart + 100).replace(BYTE_ORDER_MARK, '')))
    return { kind: 'cri-log' };
  const lineBytes = findCutLength(text, lineStart);
  return lineBytes === null ? null : { kind: 'cut-lines', lineBytes };
}

/** The outermost string around a mark: in a log line, in a document, or on its own. */
function findStringLayer(
  text: string,
  lineStart: number,
  mark: RecordMark,
  offset: ByteOffset,
  openedAt: ByteOffset | null,
): Layer | null {
  // Quotes within the string have a backslash: the last one without one before the mark opens it.
  const open = lastQuote(text, mark.index - 1);
  if (open < lineStart) {
    if (lineStart > 0 || openedAt === null) return null;
    return { kind: 'string-literal', isMember: false, offset: openedAt };
  }
  const key = /"((?:[^"\\]|\\.)*)"[ \t]*:[ \t]*$/.exec(
    text.slice(Math.max(lineStart, open - LONGEST_KEY), open),
  )?.[1];
  if (key === undefined) return { kind: 'string-literal', isMember: false, offset: offset + open };
  const around = openBrackets(text, lineStart, open);
  const isLine = /^\{+$/.test(around) && !holdsManyLines(text, open + 1);
  if (isLine) return { kind: 'json-log', key, depth: isOwnMember(text, lineStart, key) ? 1 : around.length };
  // The object takes several lines, or the line has several records.
  return { kind: 'string-literal', isMember: around !== '', offset: offset + open };
}

/** How many occurrences of a key in a line are examined. */
const MAX_LOOKS = 8;

/** Whether the object on a line has a text at the key itself, rather than in a nested object. */
function isOwnMember(text: string, lineStart: number, key: string): boolean {
  const lineEnd = text.indexOf('\n', lineStart);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  const name = `"${key}"`;
  let at = line.indexOf(name);
  for (let looks = 0; at >= 0 && looks < MAX_LOOKS; looks++) {
    const behind = at + name.length;
    const hasText = /^[ \t]*:[ \t]*"/.test(line.slice(behind, behind + 9));
    if (hasText && openBrackets(line, 0, at) === '{') return true;
    at = line.indexOf(name, behind);
  }
  return false;
}

/** Position of the last quote up to `from` that has no backslash before it; -1 if there is none. */
function lastQuote(text: string, from: number): number {
  let at = text.lastIndexOf('"', from);
  while (at > 0 && text[at - 1] === '\\') at = text.lastIndexOf('"', at - 1);
  return at;
}

/** Position of the last quote in the line that continues after a piece of text, as {@link findLayer} takes it. */
export function lastQuoteBefore(
  text: string,
  offset: ByteOffset,
  openedAt: ByteOffset | null,
): ByteOffset | null {
  const quote = lastQuote(text, text.length);
  if (quote > text.lastIndexOf('\n')) return offset + quote;
  return text.includes('\n') ? null : openedAt;
}

/** Whether the string that starts at `start` has a line feed before its end. */
function holdsManyLines(text: string, start: number): boolean {
  for (let at = start; at < text.length; at++) {
    if (text[at] === '"') return false;
    if (text[at] !== '\\') continue;
    at++;
    if (text[at] === 'n' && at + 1 < text.length) return text[at + 1] !== '"';
  }
  return false;
}

/** Lengths at which logging programs split lines. */
const CUT_LENGTHS = [2048, 4096, 8192, 16384, 32768, 65536];

/**
 * The length at which long lines are cut in this text: that of a line that does not end a record and is not followed
 * by the start of one. Null if there is no such line.
 */
function findCutLength(text: string, from: number): number | null {
  for (let start = from; ; ) {
    const newline = text.indexOf('\n', start);
    if (newline < 0) return null;
    const end = text[newline - 1] === '\r' ? newline - 1 : newline;
    const isCut =
      CUT_LENGTHS.includes(end - start) &&
      /^\{"(address|type)":/.test(text.slice(start, start + 12)) &&
      text[end - 1] !== '}' &&
      newline + 1 < text.length &&
      !/^(\{"(address|type)":|\s*$)/.test(text.slice(newline + 1, newline + 13));
    if (isCut) return end - start;
    start = newline + 1;
  }
}

/** The beginnings of gzip, and of Ruby's records in UTF-8 or UTF-16, as base64. */
const BEGINNINGS = '(?:H4sI|eyJ0eXBlIjoiUk9PV|eyJhZGRyZXNzIjoi|(?://5|ewAiA)[\\w+/]{2})';
const BASE64 = new RegExp(`^${BEGINNINGS}[\\w+/-]{36,}={0,2}\\r?$`, 'm');
/** The same after other text on the line, as in a string, a data URL or a container's log. */
const BASE64_WITHIN = new RegExp(`(^|[^\\w+/-])${BEGINNINGS}[\\w+/-]{36,}`, 'm');

function findBase64(text: string, offset: ByteOffset): Layer | null {
  const match = BASE64.exec(text);
  return match && { kind: 'base64', offset: offset + match.index };
}

/**
 * Finds base64 within the lines of a text without records, which begins with `head`. In a text with records it would
 * only be a value in some log line.
 */
export function findBase64Within(head: string): Layer | null {
  const match = BASE64_WITHIN.exec(head);
  if (match === null) return null;
  const at = match.index + match[1]!.length;
  const lineStart = head.lastIndexOf('\n', at) + 1;
  if (CRI_PREFIX.test(head.slice(lineStart, at))) return { kind: 'cri-log' };
  const before = head.slice(Math.max(lineStart, at - LONGEST_KEY), at);
  const key = /"(\w+)"[ \t]*:[ \t]*"$/.exec(before)?.[1];
  // In a log each line contains a line of the base64.
  const lineEnd = head.indexOf('\n', at);
  const isLog = key !== undefined && lineEnd >= 0 && head.includes(`"${key}"`, lineEnd);
  return isLog ? { kind: 'json-log', key, depth: 1 } : { kind: 'base64', offset: at };
}
