import {
  type Assertion,
  type CharacterRange,
  isWordCharacter,
  type RegexpNode,
} from '../../protocol/filter/regexp-syntax.ts';

/** An instruction of the automaton: takes a character, checks where it is, continues at two places, or is done. */
export type Instruction =
  | { kind: 'take'; set: CharacterSet; next: number }
  | { kind: 'check'; at: Assertion; next: number }
  | { kind: 'fork'; next: number; other: number }
  | { kind: 'match' };

/** Whether a UTF-16 code unit is in the set. */
export type CharacterSet = (code: number) => boolean;

/** An expression as a nondeterministic automaton (K. Thompson, Regular expression search algorithm, 1968). */
export interface RegexpProgram {
  instructions: Instruction[];
  start: number;
  /**
   * First code units of the runs that no instruction distinguishes, ascending from 0: only the run of a character
   * matters.
   */
  runs: Uint16Array;
}

/** Compiles an expression. O(its size with repetitions written out). */
export function compileRegexp(node: RegexpNode, ignoreCase: boolean): RegexpProgram {
  const writer = new ProgramWriter(ignoreCase);
  const start = writer.write(node, writer.add({ kind: 'match' }));
  return { instructions: writer.instructions, start, runs: writer.runs() };
}

/** Emits code from the end to the start: each part is given the instruction that follows it. */
class ProgramWriter {
  readonly instructions: Instruction[] = [];
  readonly #ignoreCase: boolean;
  readonly #bounds = new Set<number>([0]);

  constructor(ignoreCase: boolean) {
    this.#ignoreCase = ignoreCase;
  }

  add(instruction: Instruction): number {
    return this.instructions.push(instruction) - 1;
  }

  /** Adds instructions that match `node` and continue at `next`; returns the first one. */
  write(node: RegexpNode, next: number): number {
    switch (node.kind) {
      case 'set':
        return this.add({ kind: 'take', set: this.#set(node.ranges, node.negated), next });
      case 'assertion':
        if (node.at === 'boundary' || node.at === 'no boundary') this.#noteWordCharacters();
        return this.add({ kind: 'check', at: node.at, next });
      case 'sequence':
        return node.parts.reduceRight((after, part) => this.write(part, after), next);
      case 'choice':
        return node.parts
          .map(part => this.write(part, next))
          .reduceRight((other, start) => this.add({ kind: 'fork', next: start, other }));
      case 'repeat':
        return this.#repeat(node.part, node.min, node.max, next);
    }
  }

  #repeat(part: RegexpNode, min: number, max: number | null, next: number): number {
    let start = next;
    if (max === null) {
      const fork = { kind: 'fork' as const, next: 0, other: next };
      start = this.add(fork);
      fork.next = this.write(part, start);
    } else {
      for (let i = min; i < max; i++) {
        start = this.add({ kind: 'fork', next: this.write(part, start), other: next });
      }
    }
    for (let i = 0; i < min; i++) start = this.write(part, start);
    return start;
  }

  #set(ranges: readonly CharacterRange[], negated: boolean): CharacterSet {
    const all = this.#ignoreCase ? withOtherCases(ranges) : ranges;
    for (const [from, to] of all) this.#noteBounds(from, to);
    return code => all.some(([from, to]) => code >= from && code <= to) !== negated;
  }

  #noteBounds(from: number, to: number): void {
    this.#bounds.add(from);
    if (to < 0xffff) this.#bounds.add(to + 1);
  }

  #noteWordCharacters(): void {
    for (let code = 1; code < 128; code++) {
      if (isWordCharacter(code) !== isWordCharacter(code - 1)) this.#bounds.add(code);
    }
  }

  runs(): Uint16Array {
    return Uint16Array.from(this.#bounds).sort();
  }
}

/** The ranges, and the other case of each character in them; ascending and merged where they touch. */
function withOtherCases(ranges: readonly CharacterRange[]): CharacterRange[] {
  const all = [...ranges];
  for (const [from, to] of ranges) {
    for (let code = from; code <= to; code++) {
      const character = String.fromCharCode(code);
      for (const other of [character.toLowerCase(), character.toUpperCase()]) {
        // No other case for characters whose other case is several characters, such as ß, nor across the bounds of
        // ASCII.
        const otherCode = other.charCodeAt(0);
        const isOther = other.length === 1 && otherCode !== code && otherCode < 128 === code < 128;
        if (isOther) all.push([otherCode, otherCode]);
      }
    }
  }
  return merged(all);
}

function merged(ranges: CharacterRange[]): CharacterRange[] {
  const result: CharacterRange[] = [];
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last === undefined || from > last[1] + 1) result.push([from, to]);
    else result[result.length - 1] = [last[0], Math.max(last[1], to)];
  }
  return result;
}
