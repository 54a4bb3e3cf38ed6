import { addressText, readObjectReference } from '../object-reference.ts';
import type { AddressText } from '../units.ts';
import { FilterError, type Pattern, type Span, type TermValues } from './filter.ts';
import { parseRegexp } from './regexp-syntax.ts';
import { declarationOf, OPERATORS, type Operator, TERM_NAMES, type TermName } from './terms.ts';

/** The head of a term: its name as written, and the operator after it. */
export interface TermHead {
  written: string;
  /** Null if there is no term with this name. */
  name: TermName | null;
  /** A colon, or the operator of a comparison. */
  operator: ':' | Operator;
  span: Span;
}

const NAMES: ReadonlyMap<string, TermName> = new Map(
  TERM_NAMES.flatMap(name =>
    [name, ...(declarationOf(name).aliases ?? [])].map(each => [each, name] as const),
  ),
);

/** Terms about figures allow spaces around their operator. */
const FIGURES: ReadonlySet<keyof TermValues> = new Set(['bytes', 'count', 'generation']);

/** Reads a filter's text. The methods consume what they read; positions are those of the whole text. */
export class Scanner {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The next character, or '' at the end. */
  get next(): string {
    return this.text.charAt(this.at);
  }

  spanFrom(from: number): Span {
    return { from, to: this.at };
  }

  refuse(
    message: string,
    span: Span = { from: this.at, to: Math.min(this.text.length, this.at + 1) },
  ): never {
    throw new FilterError({ ...span, message });
  }

  skipSpaces(): void {
    while (/\s/.test(this.next)) this.at++;
  }

  /** Consumes the text if it comes next; returns whether it did. */
  takes(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** Consumes the keyword if it comes next; returns whether it did. */
  takesKeyword(keyword: 'and' | 'or' | 'not'): boolean {
    if (!this.isKeyword(keyword)) return false;
    this.at += keyword.length;
    return true;
  }

  isKeyword(keyword: 'and' | 'or' | 'not'): boolean {
    const word = this.text.slice(this.at, this.at + keyword.length);
    if (word !== keyword && word !== keyword.toUpperCase()) return false;
    return isEndOfWord(this.text.charAt(this.at + keyword.length));
  }

  /** Consumes the name and the operator of a term; null if no term begins here. */
  termHead(): TermHead | null {
    const from = this.at;
    const match = matchAt(/([a-z]+)(:(?!:)|<=|>=|!=|[<>=])/y, this.text, from) ?? this.#spacedHead();
    if (match === null) return null;
    const [all, written, operator] = match as unknown as [string, string, TermHead['operator']];
    const name = NAMES.get(written) ?? null;
    // Anything else may be the name of a method, such as name= or size?.
    if (name === null && operator !== ':' && !/^\d/.test(this.text.slice(from + all.length))) return null;
    this.at += all.length;
    return { written, name, operator, span: this.spanFrom(from) };
  }

  /** A term with spaces around its operator: size > 1KB. */
  #spacedHead(): RegExpExecArray | null {
    const match = matchAt(/([a-z]+)\s*(<=|>=|!=|[<>=])\s*/y, this.text, this.at);
    const name = match === null ? undefined : NAMES.get(match[1]!);
    return name !== undefined && FIGURES.has(declarationOf(name).takes) ? match : null;
  }

  /**
   * Consumes what `inspect` prints for an object and returns its address: `#<Order:0x00007f2a40000198>`. If more
   * follows the address, the rest of the text is consumed, since it can contain anything. Null if none begins here.
   */
  inspected(): AddressText | null {
    const match = matchAt(/#<[^@\s]*?:0x[0-9a-f]+(?:>+(?=[\s()]|$)|[\s>].*$|$)/isy, this.text, this.at);
    const reference = match === null ? null : readObjectReference(match[0]);
    if (match === null || reference?.kind !== 'address') return null;
    this.at += match[0].length;
    return addressText(reference.address);
  }

  /** Consumes a text in quotes, which begins here; \" and \\ are escapes. */
  quoted(): string {
    const from = this.at++;
    let text = '';
    while (!this.isAtEnd && this.next !== '"') {
      if (this.next === '\\' && /["\\]/.test(this.text.charAt(this.at + 1))) this.at++;
      text += this.next;
      this.at++;
    }
    if (!this.takes('"')) this.refuse('This quote is not closed.', this.spanFrom(from));
    return text;
  }

  /** Checks that the word ends here: a space must follow quoted texts and expressions. */
  expectEndOfWord(what: string): void {
    if (!isEndOfWord(this.next)) this.refuse(`Write a space after ${what}, or put all of it in quotes.`);
  }

  /** Consumes a word, up to a space, parenthesis or quote. */
  word(): string {
    const from = this.at;
    while (!this.isAtEnd && !/[\s()"]/.test(this.next)) this.at++;
    if (this.next === '(' || this.next === '"') {
      const what = this.next === '(' ? 'parentheses' : 'quotes';
      const to = this.at + 1;
      this.refuse(`A text that holds ${what} is put in quotes: "…". Otherwise write a space here.`, {
        from,
        to,
      });
    }
    return this.text.slice(from, this.at);
  }

  /** Consumes and checks a regular expression, if one begins here; null otherwise. */
  regexp(): Pattern | null {
    const from = this.at;
    const end = regexpEnd(this.text, from);
    if (end === null) return null;
    this.at = end + 1;
    const flag = matchAt(/[a-z]/y, this.text, this.at)?.[0] ?? '';
    this.at += flag.length;
    if (flag !== '' && flag !== 'i') {
      const span = { from: end + 1, to: this.at };
      this.refuse('The only flag of a regular expression is i. A path is put in quotes.', span);
    }
    const source = this.text.slice(from + 1, end);
    const parsed = parseRegexp(source);
    if ('message' in parsed) {
      const at = from + 1 + parsed.at;
      this.refuse(parsed.message, { from: at, to: Math.max(at + 1, Math.min(end, at + 1)) });
    }
    return { kind: 'regexp', source, ignoreCase: flag === 'i' };
  }
}

/**
 * The position of the slash that ends the regular expression beginning here; null if a path begins here.
 * O(length).
 */
export function regexpEnd(text: string, from: number): number | null {
  if (text.charAt(from) !== '/') return null;
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '/') {
      const isEmpty = at === from + 1;
      return !isEmpty && matchAt(/[a-z]?(?=[\s()]|$)/y, text, at + 1) !== null ? at : null;
    }
  }
  return null;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function isEndOfWord(character: string): boolean {
  return character === '' || /[\s()]/.test(character);
}

/** Whether a word needs quotes to be read as a text, because it looks like a term. */
export function looksLikeTerm(word: string): boolean {
  return (
    NAMES.has(word) ||
    /^[a-z]+(:(?!:)|<|>|=|!=)/.test(word) ||
    OPERATORS.some(operator => word.startsWith(operator))
  );
}
