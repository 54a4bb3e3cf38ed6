/** The parts of a frame as Valgrind's tools print it. */
export interface FrameParts {
  name: string;
  file: string;
  /** Starts at 1; 0 = unknown. */
  line: number;
  library: string;
}

/**
 * Parses the text after the address of a frame: `f(int) (prog.cpp:12)`, `f (in /lib/libc.so.6)`, `???`, `path::f
 * (dir/file.rs:12:34)`. The name may contain blanks, colons and parentheses, so the location is in the last
 * parentheses.
 */
export function frameParts(text: string): FrameParts {
  const open = text.endsWith(')') ? text.lastIndexOf(' (') : -1;
  if (open < 0) return { name: text, file: '', line: 0, library: '' };
  const name = text.slice(0, open);
  const place = text.slice(open + 2, -1);
  if (place.startsWith('in ')) return { name, file: '', line: 0, library: place.slice(3) };
  const source = /^(.*?):(\d+)(?::\d+)?$/.exec(place);
  if (source === null) return { name: text, file: '', line: 0, library: '' };
  return { name, file: source[1]!, line: Number(source[2]), library: '' };
}

/** The same for a frame with its address: `0x1094FA: main (prog.c:22)`. */
export function addressedFrame(text: string): FrameParts {
  const match = /^0x[0-9A-Fa-f]+: /.exec(text);
  const parts = frameParts(match === null ? text : text.slice(match[0].length));
  // Unknown frames can only be distinguished by their address.
  return parts.name === '???' && parts.library === '' && match !== null
    ? { ...parts, name: `??? ${match[0].slice(0, -2)}` }
    : parts;
}
