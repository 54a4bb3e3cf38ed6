import type { Damage, DamagedLine } from '../model/profile.ts';

/** Number of damaged lines that are shown; further ones are only counted. */
const SHOWN = 20;
/** Number of characters shown of a damaged line. */
const SHOWN_CHARACTERS = 200;

/** Counts the lines of a file that could not be read, and stores the first of them. */
export class DamageLog {
  #lines = 0;
  readonly #first: DamagedLine[] = [];

  /** Adds a line that was not read, and the reason: "a number was expected". */
  add(line: number, text: string, why: string): void {
    this.#lines++;
    if (this.#first.length < SHOWN) this.#first.push({ line, text: text.slice(0, SHOWN_CHARACTERS), why });
  }

  get lines(): number {
    return this.#lines;
  }

  finish(): Damage {
    return { lines: this.#lines, first: this.#first };
  }
}
