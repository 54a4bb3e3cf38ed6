/** A Ruby value as printed by `inspect`; symbols, constants and `#<…>` are kept as text. */
export type RubyValue = null | boolean | number | string | RubyValue[] | RubyHash;

/** A hash in printed order. Keys may be any values. */
export class RubyHash {
  readonly pairs: [RubyValue, RubyValue][] = [];
  /** Whether its closing brace was found; otherwise it has the pairs before the cut. */
  complete = true;
}

/** Maximum nesting; the output of the supported tools is never deeper. */
const MAX_DEPTH = 12;

/** Thrown for text that is not a Ruby value. */
export class RubySyntaxError extends Error {}

const BLANK = /[\s]*/y;
const NUMBER = /-?\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const WORD = /[A-Za-z_][\w]*[?!]?(?:(?:::|\.)[A-Za-z_]\w*)*/y;
const OPERATOR = /[-+*/<>=!~%&|^[\]]+/y;

/**
 * Reads values as printed by `inspect` and `pp` of all versions of Ruby (`{:a=>1}`, `{a: 1}`, `{"a" => 1}`), which
 * includes JSON. O(length).
 */
export class RubyReader {
  readonly #text: string;
  at: number;

  constructor(text: string, at = 0) {
    this.#text = text;
    this.at = at;
  }

  /** The value at the current position. Throws `RubySyntaxError` if there is none. */
  value(depth = 0): RubyValue {
    if (depth > MAX_DEPTH) throw new RubySyntaxError('nested too deep');
    this.#skip(BLANK);
    const char = this.#text[this.at];
    if (char === '{') return this.#hash(depth);
    if (char === '[') return this.#array(depth);
    if (char === '"') return this.#string();
    if (char === ':') return this.#symbol();
    if (char === '#') return this.#object();
    const number = this.#match(NUMBER);
    if (number !== null) return Number(number.replaceAll('_', ''));
    const word = this.#match(WORD);
    if (word === null) throw new RubySyntaxError(`no value at ${this.at}`);
    if (word === 'nil' || word === 'null') return null;
    return word === 'true' ? true : word === 'false' ? false : word;
  }

  #hash(depth: number): RubyHash {
    const hash = new RubyHash();
    this.at++;
    try {
      while (!this.#take('}')) {
        const key = this.#key(depth);
        const value = this.value(depth + 1);
        this.#skip(BLANK);
        // A value at the end of the text may have lost its last digits.
        if (this.at >= this.#text.length) throw new RubySyntaxError('cut off');
        hash.pairs.push([key, value]);
        if (!this.#take(',') && !this.#ahead('}')) throw new RubySyntaxError(`no comma at ${this.at}`);
      }
    } catch (error) {
      if (!(error instanceof RubySyntaxError) || depth > 0) throw error;
      hash.complete = false;
    }
    return hash;
  }

  /** A key and the separator after it: `=>`, or the colon of a symbol or of JSON. */
  #key(depth: number): RubyValue {
    this.#skip(BLANK);
    const start = this.at;
    const word = this.#match(WORD);
    if (word !== null && this.#text[this.at] === ':' && this.#text[this.at + 1] !== ':') {
      this.at++;
      return word;
    }
    this.at = start;
    const key = this.value(depth + 1);
    this.#skip(BLANK);
    if (this.#text.startsWith('=>', this.at)) this.at += 2;
    else if (!this.#take(':')) throw new RubySyntaxError(`neither => nor : at ${this.at}`);
    return key;
  }

  #array(depth: number): RubyValue[] {
    const values: RubyValue[] = [];
    this.at++;
    while (!this.#take(']')) {
      values.push(this.value(depth + 1));
      if (!this.#take(',') && !this.#ahead(']')) throw new RubySyntaxError(`no comma at ${this.at}`);
    }
    return values;
  }

  #string(): string {
    const start = ++this.at;
    let escaped = false;
    for (;;) {
      const char = this.#text[this.at];
      if (char === undefined) throw new RubySyntaxError('a string without end');
      if (char === '"') break;
      escaped ||= char === '\\';
      this.at += char === '\\' ? 2 : 1;
    }
    const inside = this.#text.slice(start, this.at++);
    return escaped ? unescaped(inside) : inside;
  }

  #symbol(): string {
    this.at++;
    if (this.#text[this.at] === '"') return this.#string();
    const name = this.#match(WORD) ?? this.#match(OPERATOR);
    if (name === null) throw new RubySyntaxError(`no symbol at ${this.at}`);
    return name;
  }

  /** `#<Class:#<Object:0x1>>` */
  #object(): string {
    const start = this.at;
    let open = 0;
    for (; this.at < this.#text.length; this.at++) {
      const char = this.#text[this.at];
      // The arrow of a hash is not a closing bracket.
      if (char === '<') open++;
      else if (char === '>' && this.#text[this.at - 1] !== '=' && --open === 0) {
        return this.#text.slice(start, ++this.at);
      }
    }
    throw new RubySyntaxError('an object without end');
  }

  #skip(pattern: RegExp): void {
    this.#match(pattern);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.#text);
    if (match === null) return null;
    this.at += match[0].length;
    return match[0];
  }

  #ahead(char: string): boolean {
    this.#skip(BLANK);
    return this.#text[this.at] === char;
  }

  #take(char: string): boolean {
    const there = this.#ahead(char);
    if (there) this.at++;
    return there;
  }
}

const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  e: '\u001b',
  '0': '\0',
  a: '\u0007',
  b: '\b',
  s: ' ',
};

function unescaped(text: string): string {
  return text.replace(
    /\\(?:u\{?([0-9A-Fa-f]{1,6})\}?|x([0-9A-Fa-f]{2})|([\s\S]))/g,
    (_, unicode, byte, char) => {
      const code = Number.parseInt(unicode ?? byte ?? '', 16);
      if (!Number.isNaN(code)) return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
      return ESCAPES[char] ?? char;
    },
  );
}

/** The pairs of a hash whose values are numbers, by the text of their keys; pairs of nested hashes by "key.inner". */
export function numbersOf(hash: RubyHash, prefix = ''): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const [key, value] of hash.pairs) {
    const name = `${prefix}${typeof key === 'object' ? inspect(key) : key}`;
    if (typeof value === 'number') numbers.set(name, value);
    else if (value instanceof RubyHash) {
      for (const [inner, number] of numbersOf(value, `${name}.`)) numbers.set(inner, number);
    }
  }
  return numbers;
}

/** A value as text, for labels. */
export function inspect(value: RubyValue): string {
  if (value === null) return 'nil';
  if (Array.isArray(value)) return `[${value.map(inspect).join(', ')}]`;
  if (value instanceof RubyHash) {
    return `{${value.pairs.map(([key, inner]) => `${inspect(key)}=>${inspect(inner)}`).join(', ')}}`;
  }
  return String(value);
}
