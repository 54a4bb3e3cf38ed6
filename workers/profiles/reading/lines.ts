import type { TextInput } from '../format.ts';
import { joined } from './bytes.ts';
import { plainLine } from './head.ts';

/** The maximum length of a line, in characters; longer lines are cut. */
export const MAX_LINE = 1 << 24;

/**
 * Calls `each` for every line of a text, in order, without colours and line breaks, with its number from 1. Lines are
 * decoded as UTF-8; invalid bytes become U+FFFD. Memory: one slice and the longest line.
 */
export async function forEachLine(
  input: TextInput,
  each: (line: string, number: number) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  let number = 0;
  const take = (text: string) => {
    let start = 0;
    for (;;) {
      const newline = text.indexOf('\n', start);
      if (newline < 0) break;
      const line = start === 0 && rest !== '' ? rest + text.slice(0, newline) : text.slice(start, newline);
      rest = '';
      each(plainLine(line), ++number);
      start = newline + 1;
    }
    if (rest.length < MAX_LINE) rest += text.slice(start);
  };
  for await (const slice of input.slices) {
    take(decoder.decode(slice, { stream: true }));
  }
  take(decoder.decode());
  if (rest !== '') each(plainLine(rest), ++number);
}

/**
 * Calls `each` for the lines of the first report in a file, and those before it. `begins` recognises the first line of
 * a report. Returns a note for display if there are several reports, which must not be added up.
 */
export async function forEachLineOfFirst(
  input: TextInput,
  begins: (line: string) => boolean,
  each: (line: string, number: number) => void,
): Promise<string[]> {
  let reports = 0;
  await forEachLine(input, (line, number) => {
    if (begins(line)) reports++;
    if (reports <= 1) each(line, number);
  });
  return reports <= 1
    ? []
    : [`The file has ${reports} reports: shown is the first. Open the others as files of their own.`];
}

/** The maximum size of a text that is read as a whole: what a JavaScript engine can hold in one string. */
const MAX_TEXT_BYTES = 400 * 1024 * 1024;

/** The whole text, for formats that cannot be read line by line. Throws if it is too long for that. */
export async function wholeText(input: TextInput): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  for await (const slice of input.slices) {
    bytes += slice.length;
    if (bytes > MAX_TEXT_BYTES) {
      input.fail(
        'This JSON document is larger than 400 MiB, and such documents are read in one piece.',
        'Take a shorter profile, or convert it to collapsed stacks ("a;b;c 123"), which can be of any size.',
      );
    }
    parts.push(decoder.decode(slice, { stream: true }));
  }
  parts.push(decoder.decode());
  return parts.join('');
}

/** All bytes of a file, for binary formats. */
export async function wholeBytes(input: TextInput): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const slice of input.slices) {
    parts.push(slice.slice());
    length += slice.length;
  }
  return joined(parts, length);
}
