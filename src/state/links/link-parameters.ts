/** The longest path that a link may hold, in steps. */
export const MAX_PATH = 1000;

/** The parameters of a view in a link. Damaged values, and values of other versions, read as if they were missing. */
export class LinkParameters {
  readonly #given: URLSearchParams;

  constructor(given: URLSearchParams) {
    this.#given = given;
  }

  text(name: string): string {
    return this.#given.get(name) ?? '';
  }

  isOn(name: string): boolean {
    return this.#given.get(name) === 'true';
  }

  choice<Choice extends string>(name: string, choices: readonly Choice[], usual: Choice): Choice {
    return choices.find(choice => choice === this.#given.get(name)) ?? usual;
  }

  /** Values with commas between them, in the order of the link, each once; null if the link does not have the parameter. */
  choices<Choice extends string>(name: string, choices: readonly Choice[]): Choice[] | null {
    const text = this.#given.get(name);
    if (text === null) return null;
    return [...new Set(text.split(','))].flatMap(each => choices.filter(choice => choice === each));
  }

  /** A number from 1 to 999,999,999; null if there is none. */
  count(name: string): number | null {
    const text = this.text(name);
    return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
  }

  path(name: string, maxLength: number): (string | null)[] {
    return readPath(this.text(name), maxLength);
  }
}

/** A path as JSON; empty text for an empty one. */
export function writePath(path: readonly (string | null)[]): string {
  return path.length === 0 ? '' : JSON.stringify(path);
}

/** The first steps of a path, at most `maxLength`; none of a text that is no path. */
export function readPath(text: string, maxLength: number): (string | null)[] {
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return [];
    const isPath = value.every(step => step === null || typeof step === 'string');
    return isPath ? value.slice(0, maxLength) : [];
  } catch {
    // A damaged link opens at the top.
    return [];
  }
}
