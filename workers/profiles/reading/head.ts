/** Size of the part of a file by which formats are recognised. */
export const HEAD_BYTES = 1 << 20;

/** The beginning of a file, prepared for recognising its format. */
export interface Head {
  /** The name of the file. */
  name: string;
  bytes: Uint8Array;
  /** The same as text, without colours, byte order mark, and trailing blanks; "" for a binary file. */
  text: string;
  /** The first non-blank lines of the text, each cut to 4096 characters. At most {@link HEAD_LINES}. */
  lines: readonly string[];
}

/** Maximum number of lines for recognising a format. */
const HEAD_LINES = 2000;
/** Maximum length of each: patterns must not run over a megabyte without a line break. */
const HEAD_LINE_CHARACTERS = 4096;

/** Colours and other control sequences of terminals. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the pattern matches.
const CONTROL_SEQUENCES = /\u001b\[[0-9;]*[A-Za-z]/g;

/** A line without colours and trailing blanks, which terminals, logs and Windows add. */
export function plainLine(line: string): string {
  return (line.includes('\u001b') ? line.replace(CONTROL_SEQUENCES, '') : line).trimEnd();
}

/** Prepares the first bytes of a file: at least 64 KiB, or all of it. */
export function headOf(bytes: Uint8Array, name: string): Head {
  const beginning = bytes.subarray(0, HEAD_BYTES);
  if (beginning.subarray(0, 4096).includes(0)) return { name, bytes, text: '', lines: [] };
  const decoded = new TextDecoder().decode(beginning);
  const text = plainText(decoded);
  const lines: string[] = [];
  for (let start = 0; start < text.length && lines.length < HEAD_LINES; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, Math.min(end, start + HEAD_LINE_CHARACTERS)).trimEnd();
    if (line !== '') lines.push(line);
    start = end + 1;
  }
  return { name, bytes, text, lines };
}

function plainText(text: string): string {
  const uncoloured = text.includes('\u001b') ? text.replace(CONTROL_SEQUENCES, '') : text;
  // Visits each blank only once, even in a line that consists of blanks.
  return uncoloured.replace(/[ \t\r]+/g, (blanks, at: number) =>
    uncoloured[at + blanks.length] === '\n' ? '' : blanks,
  );
}
