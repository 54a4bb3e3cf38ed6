/**
 * The brackets and braces that are open at the end of a part of JSON text, outermost first: `{[{`. Brackets within
 * strings do not count. O(length).
 */
export function openBrackets(text: string, from: number, to: number): string {
  let open = '';
  for (let at = from; at < to; at++) {
    switch (text[at]) {
      case '"':
        at = endOfString(text, at + 1, to);
        break;
      case '{':
      case '[':
        open += text[at];
        break;
      case '}':
      case ']':
        open = open.slice(0, -1);
    }
  }
  return open;
}

/** The closing quote of the string that continues at `from`; `to` if it is not there. */
function endOfString(text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (text[at] === '"') return at;
    if (text[at] === '\\') at++;
  }
  return to;
}
