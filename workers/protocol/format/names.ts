const ELLIPSIS = '\u2026';

/**
 * Cuts a long class name in its middle, keeping the first and the last part:
 * `ActiveRecord::ConnectionAdapters::LazyAttributeHash` → `ActiveRecord::…::LazyAttributeHash`.
 * Paths keep their beginning and end in the same way. A name that is still too long is cut in the middle of its text.
 */
export function cutMiddle(name: string, maxLength: number): string {
  if (name.length <= maxLength) return name;
  const separator = name.includes('::') ? '::' : name.includes('/') ? '/' : null;
  if (separator !== null) {
    const parts = name.split(separator);
    const last = parts.at(-1) ?? name;
    const first = parts[0] ?? '';
    const withFirst = [first, ELLIPSIS, last].join(separator);
    if (parts.length > 2 && first !== '' && withFirst.length <= maxLength) {
      return widen(parts, separator, maxLength);
    }
    const lastPart = `${ELLIPSIS}${separator}${last}`;
    // As much of the beginning as fits before the last part.
    if (lastPart.length <= maxLength) return `${name.slice(0, maxLength - lastPart.length)}${lastPart}`;
    return cutText(last, maxLength);
  }
  return cutText(name, maxLength);
}

/** Keeps as many parts at the end as fit, after the first one and the ellipsis. */
function widen(parts: string[], separator: string, maxLength: number): string {
  let best = [parts[0], ELLIPSIS, parts.at(-1)].join(separator);
  for (let kept = 2; kept < parts.length - 1; kept++) {
    const wider = [parts[0], ELLIPSIS, ...parts.slice(-kept)].join(separator);
    if (wider.length > maxLength) break;
    best = wider;
  }
  return best;
}

function cutText(text: string, maxLength: number): string {
  const room = Math.max(1, maxLength - 1);
  const head = Math.ceil(room / 2);
  return `${text.slice(0, head)}${ELLIPSIS}${text.slice(text.length - (room - head))}`;
}

/**
 * Characters with which text from a dump could deceive: control characters, bidirectional marks, other line ends, and
 * zero-width characters. Joiners stay: some scripts need them.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the target.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
]);

/** Text from a dump on one line. Invisible characters are shown as escapes, so that nothing can hide in a name. */
export function oneLine(text: string): string {
  return text.replace(HIDDEN, escaped);
}

/** Like {@link oneLine}, for text that is shown with its own line breaks and tabs. */
export function manyLines(text: string): string {
  return text.replace(HIDDEN, character => (/[\n\t]/.test(character) ? character : escaped(character)));
}

function escaped(character: string): string {
  return SHORT_ESCAPES.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
