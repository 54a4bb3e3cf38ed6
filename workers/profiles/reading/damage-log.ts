import type { Damage, DamagedLine } from '../model/profile.ts';

/** Damaged lines that are shown; the others are counted. */
const SHOWN = 20;
/** Characters of a damaged line that are shown. */
const SHOWN_CHARACTERS = 200;

/** Counts the lines of a file that could not be read, and keeps the first of them. */
export class DamageLog {
  #lines = 0;
  readonly #first: DamagedLine[] = [];

  /** Notes a line that is not read, and why: "a number was expected". */
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
