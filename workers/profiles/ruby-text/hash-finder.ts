import { RubyHash, RubyReader, RubySyntaxError } from './ruby-value.ts';

/** The longest text that is taken for one hash. */
const MAX_HASH = 1 << 26;

/** A hash in a text: where it began, and what stood before it on its line. */
export interface FoundHash {
  hash: RubyHash;
  /** Line of its beginning, from 1. */
  line: number;
  /** What stands before it on that line: a date, a label. */
  before: string;
}

/** Where a hash may begin: a brace before a key, or at the end of a line. */
const BEGINNING = /\{\s*(?:\d+\s*=>|:?"|:?[A-Za-z_][\w:]*\s*(?:=>|:)|\[|#<|\}|$)/;

/**
 * Finds the hashes in a text that is given line by line: one in a line, or one over many, as `pp` prints them, with
 * anything between. A hash that is cut off by the beginning of the next one comes with the pairs it has.
 */
export class HashFinder {
  readonly #found: (found: FoundHash) => void;
  readonly #damaged: (line: number, text: string, why: string) => void;
  #pending: string[] = [];
  #pendingLength = 0;
  #open = 0;
  #inString = false;
  #line = 0;
  #before = '';

  constructor(found: (found: FoundHash) => void, damaged: (line: number, text: string, why: string) => void) {
    this.#found = found;
    this.#damaged = damaged;
  }

  /** Takes a line; true if it belongs to a hash. */
  line(text: string, number: number): boolean {
    if (this.#pending.length > 0) {
      const another = !this.#inString && /^\{/.test(text);
      if (!another && this.#pendingLength < MAX_HASH && this.#continues(text)) {
        this.#take(text);
        return true;
      }
      this.#emit();
    }
    const beginning = BEGINNING.exec(text);
    if (beginning === null) return false;
    this.#line = number;
    this.#before = text.slice(0, beginning.index);
    this.#take(text.slice(beginning.index));
    return true;
  }

  /** Ends the text. */
  end(): void {
    if (this.#pending.length > 0) this.#emit();
  }

  /** A line within a hash begins with a key, a value or a bracket; a line of a log does not. */
  #continues(text: string): boolean {
    return (
      this.#inString ||
      /^\s*(?:[:"[{}\]#-]|\d|[A-Za-z_][\w:.]*(?:=>|:|\]?,|\]|\})|nil|true|false|$)/.test(text)
    );
  }

  #take(text: string): void {
    this.#pending.push(text);
    this.#pendingLength += text.length;
    for (let at = 0; at < text.length; at++) {
      const char = text[at];
      if (char === '\\') at++;
      else if (char === '"') this.#inString = !this.#inString;
      else if (!this.#inString && (char === '{' || char === '[')) this.#open++;
      else if (!this.#inString && (char === '}' || char === ']') && --this.#open === 0) {
        this.#emit();
        return;
      }
    }
  }

  #emit(): void {
    const text = this.#pending.join('\n');
    this.#pending = [];
    this.#pendingLength = 0;
    this.#open = 0;
    this.#inString = false;
    try {
      const value = new RubyReader(text).value();
      if (value instanceof RubyHash) this.#found({ hash: value, line: this.#line, before: this.#before });
    } catch (error) {
      if (!(error instanceof RubySyntaxError)) throw error;
      this.#damaged(this.#line, text, error.message);
    }
  }
}
