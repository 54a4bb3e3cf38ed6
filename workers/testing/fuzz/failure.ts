/** A fault that a check found. */
export interface Failure {
  /** The check that found it. */
  check: string;
  /** A description. */
  message: string;
}

/** Collects the failures of one case. */
export class Failures {
  readonly list: Failure[] = [];

  add(check: string, message: string): void {
    this.list.push({ check, message });
  }

  /** Checks that two values are equal. Objects and lists are compared by their contents. */
  equal(check: string, what: string, actual: unknown, expected: unknown): void {
    if (Object.is(actual, expected)) return;
    const [left, right] = [actual, expected].map(value => JSON.stringify(value) ?? String(value));
    if (left !== right) this.add(check, `${what}: ${short(left!)}, not ${short(right!)}`);
  }

  /** Checks that a count is within a range. */
  between(check: string, what: string, actual: number, low: number, high: number): void {
    if (!(actual >= low && actual <= high)) this.add(check, `${what}: ${actual}, not ${low} to ${high}`);
  }
}

function short(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** The common part of failures that probably have the same cause: the check, and the message without its details. */
export function groupOf({ check, message }: Failure): string {
  const words = message
    .split('\n', 2)
    .join(' ')
    .replace(/0x[0-9a-f]+(?: 0x[0-9a-f]+)*/gi, 'ADDRESS')
    .replace(/"(?:[^"\\]|\\.)*"?/g, '"…"')
    .replace(/[:{[][\s\S]*$/, '')
    .replace(/-?\d+(?:\.\d+)?/g, '…');
  return `${check}: ${words.trim().slice(0, 100)}`;
}
