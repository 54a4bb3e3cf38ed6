/** Maximum number of steps of a path in a link. */
export const MAX_PATH = 1000;

/** The parameters of a view in a link. Damaged values, and values from other versions, are treated as missing. */
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

  /** Comma-separated values, in the order of the link, without duplicates; null if the parameter is missing. */
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

/** The first steps of a path, at most `maxLength`; empty if the text is not a path. */
export function readPath(text: string, maxLength: number): (string | null)[] {
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return [];
    const isPath = value.every(step => step === null || typeof step === 'string');
    return isPath ? value.slice(0, maxLength) : [];
  } catch {
    // With a damaged link, the view opens at the root.
    return [];
  }
}
