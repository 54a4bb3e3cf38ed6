/** How much of a file formats are told by. */
export const HEAD_BYTES = 1 << 20;

/** The beginning of a file, prepared for the formats that look at it. */
export interface Head {
  /** The name of the file. */
  name: string;
  bytes: Uint8Array;
  /** The same as text, without colours, byte order mark, and blanks at the ends of lines; "" for a binary file. */
  text: string;
  /** The first lines of the text, without those that are blank, each cut to 4096 characters. At most {@link HEAD_LINES}. */
  lines: readonly string[];
}

/** Lines that formats may look at. */
const HEAD_LINES = 2000;
/** Characters of each that they may look at: patterns must not run over a megabyte without a line end. */
const HEAD_LINE_CHARACTERS = 4096;

/** Colours and other control sequences of terminals. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROL_SEQUENCES = /\u001b\[[0-9;]*[A-Za-z]/g;

/** A line without colours, and without blanks at its end: terminals, logs and Windows add them. */
export function plainLine(line: string): string {
  return (line.includes('\u001b') ? line.replace(CONTROL_SEQUENCES, '') : line).trimEnd();
}

/** Prepares the first bytes of a file, at least 64 KiB of it or all. */
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
  // Looks at each blank once, also at those of a line of nothing else.
  return uncoloured.replace(/[ \t\r]+/g, (blanks, at: number) =>
    uncoloured[at + blanks.length] === '\n' ? '' : blanks,
  );
}
