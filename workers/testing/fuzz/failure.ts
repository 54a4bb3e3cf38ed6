/** Something that a reader did wrong. */
export interface Failure {
  /** Which check found it. */
  check: string;
  /** What is wrong, in words. */
  message: string;
}

/** Gathers the failures of one case. */
export class Failures {
  readonly list: Failure[] = [];

  add(check: string, message: string): void {
    this.list.push({ check, message });
  }

  /** Wants two values to be equal; values of objects and lists are compared by what they hold. */
  equal(check: string, what: string, actual: unknown, expected: unknown): void {
    if (Object.is(actual, expected)) return;
    const [left, right] = [actual, expected].map(value => JSON.stringify(value) ?? String(value));
    if (left !== right) this.add(check, `${what}: ${short(left!)}, not ${short(right!)}`);
  }

  /** Wants a count to be between two others. */
  between(check: string, what: string, actual: number, low: number, high: number): void {
    if (!(actual >= low && actual <= high)) this.add(check, `${what}: ${actual}, not ${low} to ${high}`);
  }
}

function short(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** What failures have in common that are probably one fault: their check, and their words without what differs. */
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
