import { RubyHash, RubyReader, RubySyntaxError } from './ruby-value.ts';

/** The maximum length of the text of one hash. */
const MAX_HASH = 1 << 26;

/** A hash in a text: where it began, and the text before it on that line. */
export interface FoundHash {
  hash: RubyHash;
  /** The line where it begins, from 1. */
  line: number;
  /** The text before it on that line: a date, a label. */
  before: string;
}

/** Where a hash may begin: a brace before a key, or at the end of a line. */
const BEGINNING = /\{\s*(?:\d+\s*=>|:?"|:?[A-Za-z_][\w:]*\s*(?:=>|:)|\[|#<|\}|$)/;

/**
 * Finds the hashes in a text that is read line by line: on one line, or on several as printed by `pp`, with any text in
 * between. A hash that is cut off by the beginning of the next one has the pairs before that.
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

  /** Handles a line; returns true if it belongs to a hash. */
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
