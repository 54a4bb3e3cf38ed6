import { Buffer } from 'node:buffer';
import type { Wrapping } from './draft.ts';
import { bytesOf, decoded, encoded } from './texts.ts';

/** Container logs cut longer lines into pieces. */
const LOG_PIECE = 16 * 1024;
const TIME = '2026-11-27T14:50:03.123456789Z';

/** The bytes of a file that contains a dump in another form. The text is latin1; see `texts.ts`. */
export function wrapped(latin1: string, wrapping: Wrapping): Uint8Array {
  switch (wrapping) {
    case 'none':
      return bytesOf(latin1);
    case 'utf16le':
      return utf16(latin1);
    case 'utf16be':
      return new Uint8Array(Buffer.from(utf16(latin1)).swap16());
    case 'docker':
      return bytesOf(logLines(latin1, dockerLine));
    case 'cri':
      return bytesOf(logLines(latin1, criLine));
    case 'literal':
      return bytesOf(`=> "${inspected(latin1)}"\n`);
  }
}

/** Whether a text can be represented in that form, so that the same text comes out. */
export function canBeWrapped(latin1: string, wrapping: Wrapping): boolean {
  if (wrapping === 'none') return true;
  if (encoded(decoded(latin1)) !== latin1 || latin1.startsWith('\xef\xbb\xbf')) return false;
  // Consoles differ in how they print other control characters.
  if (wrapping === 'literal') return [...latin1].every(char => char >= ' ' || char === '\n' || char === '\r');
  return wrapping === 'cri' ? !latin1.includes('\r') : true;
}

function utf16(latin1: string): Uint8Array {
  return new Uint8Array(Buffer.from(`\uFEFF${decoded(latin1)}`, 'utf16le'));
}

function logLines(latin1: string, line: (piece: string, isWhole: boolean) => string): string {
  const lines = latin1.split(/(?<=\n)/);
  return lines.flatMap(text => piecesOf(text).map(piece => line(piece, piece.endsWith('\n')))).join('');
}

/** A line in pieces, none of which ends within a character. */
function piecesOf(line: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < line.length; ) {
    let end = Math.min(line.length, start + LOG_PIECE);
    while (end < line.length && (line.charCodeAt(end) & 0xc0) === 0x80) end--;
    pieces.push(line.slice(start, end));
    start = end;
  }
  return pieces;
}

/** A line as Docker's json-file driver writes it. */
function dockerLine(piece: string): string {
  return `${encoded(JSON.stringify({ log: decoded(piece), stream: 'stdout', time: TIME }))}\n`;
}

/** A line as the container runtimes of Kubernetes write it: P for a part of a line, F for its end. */
function criLine(piece: string, isWhole: boolean): string {
  return `${TIME} stdout ${isWhole ? 'F' : 'P'} ${piece.replace(/\n$/, '')}\n`;
}

/** The inside of a Ruby string literal, as `p` and consoles print it. */
function inspected(latin1: string): string {
  return latin1
    .replace(/["\\]/g, '\\$&')
    .replace(/#(?=[{$@])/g, '\\#')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}
