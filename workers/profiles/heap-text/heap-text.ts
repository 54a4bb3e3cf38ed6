import type { ProfileFormat, TextInput } from '../format.ts';
import type { Opened } from '../model/profile.ts';
import { forEachLineOfFirst, wholeBytes } from '../reading/lines.ts';
import { beginsHeapText, HeapTextReader } from './heap-text-reader.ts';

/** Textual heap profiles of gperftools, tcmalloc, jemalloc, Go (debug=1) and Java. */
export const heapText: ProfileFormat = {
  id: 'heap-text',
  hasNoOtherContents: true,
  label: 'gperftools, jemalloc or Go heap profile',
  sniff: ({ lines }) => lines.some(beginsHeapText),
  async read(input) {
    const reader = new HeapTextReader();
    const several = await forEachLineOfFirst(input, beginsHeapText, (line, number) =>
      reader.line(line, number),
    );
    return reader.finish(heapText, several);
  },
};

/** The same with symbols, as written by `jeprof --raw` and `pprof --raw`: names of addresses, then the profile. */
export const symbolizedHeap: ProfileFormat = {
  id: 'symbolized-heap',
  label: 'symbolized heap profile (pprof --raw)',
  sniff: ({ lines }) =>
    lines[0] === '--- symbol' && lines.slice(0, 5).some(line => line.startsWith('binary=')),
  read: readSymbolized,
};

/** Precedes a profile in binary words. */
const BINARY = '\n--- profile\n';

async function readSymbolized(input: TextInput): Promise<Opened> {
  const bytes = await wholeBytes(input);
  const reader = new HeapTextReader();
  const binary = indexOf(bytes, BINARY);
  const text = new TextDecoder().decode(binary < 0 ? bytes : bytes.subarray(0, binary));
  for (const [at, line] of text.split('\n').entries()) reader.line(line, at + 1);
  if (binary >= 0) readWords(input, bytes.slice(binary + BINARY.length), reader);
  if (!reader.rows.begun) {
    input.fail(
      'The file has symbols, but no heap profile behind them.',
      'Open the .heap file itself, which has addresses, or collapsed stacks ("jeprof --collapsed PROGRAM FILE").',
    );
  }
  return reader.finish(symbolizedHeap);
}

/**
 * Reads a profile of eight-byte words, as in CPU profiles: a header, then for each stack its bytes, its depth, and its
 * addresses from the innermost frame outwards.
 */
function readWords(input: TextInput, bytes: Uint8Array, reader: HeapTextReader): void {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = Math.floor(bytes.length / 8);
  const word = (at: number) => words.getUint32(at * 8, true) + words.getUint32(at * 8 + 4, true) * 2 ** 32;
  if (count < 2 || word(0) !== 0)
    input.fail('The profile after the symbols is damaged.', 'Write it again with --raw.');
  reader.rows.beginBytes();
  for (let at = 2 + word(1); at + 1 < count; ) {
    const [value, depth] = [word(at), word(at + 1)];
    // A stack with the single address 0 ends the profile; sites with nothing live are stacks of 0 bytes.
    if (value === 0 && depth === 1 && at + 2 < count && word(at + 2) === 0) break;
    if (at + 2 + depth > count) {
      reader.rows.cut = true;
      break;
    }
    const stack = Array.from({ length: depth }, (_, frame) => `0x${word(at + 2 + frame).toString(16)}`);
    reader.rows.add(stack.join(' '), [0, value, 0, 0]);
    at += 2 + depth;
  }
}

function indexOf(bytes: Uint8Array, text: string): number {
  const wanted = new TextEncoder().encode(text);
  for (let at = bytes.indexOf(wanted[0]!); at >= 0; at = bytes.indexOf(wanted[0]!, at + 1)) {
    if (wanted.every((byte, offset) => bytes[at + offset] === byte)) return at;
  }
  return -1;
}
