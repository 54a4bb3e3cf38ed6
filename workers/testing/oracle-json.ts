/** The outcome of reading an object. */
export type OracleJson =
  | { kind: 'whole'; end: number; members: Member[]; inner: number | null }
  /** It is not JSON from `at` on. */
  | { kind: 'broken'; at: number; members: Member[]; openKey: string | null }
  /** The same, but an object with an address and a type starts within it. */
  | { kind: 'inner'; at: number; members: Member[]; openKey: string | null };

/** A field: its key, and the text of its value. */
export interface Member {
  key: string;
  start: number;
  text: string;
}

class Broken extends Error {
  readonly at: number;
  constructor(at: number) {
    super(`no JSON at ${at}`);
    this.at = at;
  }
}

const SPACES = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const SCALAR = /(?:-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null|NaN|-?Infinity)(?![\w.+-])/y;

/** Reads the JSON object that starts at `at` according to RFC 8259, by recursive descent. */
export function readOracleJson(text: string, at: number): OracleJson {
  const members: Member[] = [];
  let openKey: string | null = null;
  let inner: number | null = null;
  let p = at;

  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = p;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) p += found.length;
    return found;
  };
  const isNext = (char: string): boolean => {
    match(SPACES);
    if (text[p] !== char) return false;
    p++;
    return true;
  };
  const expect = (char: string): void => {
    if (!isNext(char)) throw new Broken(p);
  };
  const string = (): string => {
    match(SPACES);
    const found = text[p] === '"' ? match(STRING) : null;
    if (found === null) throw new Broken(p);
    return found;
  };
  const value = (depth: number): void => {
    match(SPACES);
    if (text[p] === '{') object(depth + 1);
    else if (text[p] === '[') list(depth + 1);
    else if (text[p] === '"') string();
    else if (match(SCALAR) === null) throw new Broken(p);
  };
  const list = (depth: number): void => {
    expect('[');
    if (isNext(']')) return;
    do value(depth);
    while (isNext(','));
    expect(']');
  };
  const object = (depth: number): void => {
    const start = p;
    const seen = new Set<string>();
    expect('{');
    if (isNext('}')) return;
    do {
      match(SPACES);
      const field = p;
      const key = string().slice(1, -1);
      expect(':');
      if (depth === 0) openKey = key;
      match(SPACES);
      const from = p;
      value(depth);
      const found = text.slice(from, p);
      if (depth === 0) {
        members.push({ key, start: field, text: found });
        openKey = null;
      } else if (isSign(key, found)) {
        seen.add(found === '"ROOT"' ? 'both' : key);
        if (seen.size === 2 || seen.has('both')) inner ??= start;
      }
    } while (isNext(','));
    expect('}');
  };

  try {
    object(0);
    return { kind: 'whole', end: p, members, inner };
  } catch (broken) {
    if (!(broken instanceof Broken)) throw broken;
    if (inner !== null) return { kind: 'inner', at: inner, members, openKey };
    return { kind: 'broken', at: broken.at, members, openKey };
  }
}

/** Whether a field of a nested object indicates that it is a record. */
function isSign(key: string, value: string): boolean {
  return (key === 'address' && /^"0x[0-9a-f]+"$/i.test(value)) || (key === 'type' && value.startsWith('"'));
}
