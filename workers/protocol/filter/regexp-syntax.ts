/**
 * A regular expression as a tree. The syntax is JavaScript's, except for what an automaton cannot match in linear
 * time: backreferences and lookaround. Of Ruby's syntax, \A, \z, \Z, \h and \H are supported. Characters are UTF-16
 * code units.
 */
export type RegexpNode =
  /** A character in one of the ranges, both ends included; if `negated`, in none of them. */
  | { kind: 'set'; ranges: readonly CharacterRange[]; negated: boolean }
  | { kind: 'sequence'; parts: readonly RegexpNode[] }
  | { kind: 'choice'; parts: readonly RegexpNode[] }
  /** `max`: null = unlimited. Whether a repeat is greedy makes no difference to whether a text matches. */
  | { kind: 'repeat'; part: RegexpNode; min: number; max: number | null }
  | { kind: 'assertion'; at: Assertion };

export type CharacterRange = readonly [from: number, to: number];
export type Assertion = 'start' | 'end' | 'boundary' | 'no boundary';

/** What is wrong with an expression, and the position of the error. */
export interface RegexpProblem {
  at: number;
  message: string;
}

/** Maximum size once repetitions are written out; time and memory are proportional to it. */
const MAX_SIZE = 2000;
const MAX_DEPTH = 50;

const LAST = 0xffff;
const DIGITS: readonly CharacterRange[] = [[0x30, 0x39]];
const WORD_CHARACTERS: readonly CharacterRange[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACES: readonly CharacterRange[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const HEX_DIGITS: readonly CharacterRange[] = [
  [0x30, 0x39],
  [0x41, 0x46],
  [0x61, 0x66],
];
const LINE_ENDS: readonly CharacterRange[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];

const CLASS_ESCAPES: Readonly<Record<string, readonly CharacterRange[]>> = {
  d: DIGITS,
  w: WORD_CHARACTERS,
  s: SPACES,
  h: HEX_DIGITS,
};
const CONTROL_ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, '0': 0 };
const ASSERTION_ESCAPES: Readonly<Record<string, Assertion>> = {
  A: 'start',
  z: 'end',
  Z: 'end',
  b: 'boundary',
  B: 'no boundary',
};

/** Parses an expression, given without its slashes. O(length). */
export function parseRegexp(source: string): RegexpNode | RegexpProblem {
  try {
    return new RegexpParser(source).parse();
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    throw error;
  }
}

/** Whether a character is one of \w. */
export function isWordCharacter(code: number): boolean {
  return WORD_CHARACTERS.some(([from, to]) => code >= from && code <= to);
}

/** Number of instructions of an expression once its repetitions are written out. */
export function regexpSize(node: RegexpNode): number {
  switch (node.kind) {
    case 'set':
    case 'assertion':
      return 1;
    case 'sequence':
    case 'choice':
      return node.parts.reduce((sum, part) => sum + regexpSize(part) + 1, 1);
    case 'repeat':
      return (regexpSize(node.part) + 1) * Math.max(1, node.max ?? node.min + 1);
  }
}

class Refusal extends Error {
  readonly problem: RegexpProblem;
  constructor(problem: RegexpProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

class RegexpParser {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  parse(): RegexpNode {
    const node = this.#choice(0);
    if (this.#at < this.#source.length)
      this.#refuse('There is no ( for this ). Write \\) for the character.');
    if (regexpSize(node) > MAX_SIZE) {
      this.#refuse('The regular expression is too large once its repetitions are written out.', 0);
    }
    return node;
  }

  #refuse(message: string, at = this.#at): never {
    throw new Refusal({ at, message });
  }

  #takes(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #choice(depth: number): RegexpNode {
    if (depth > MAX_DEPTH) this.#refuse('The parentheses are nested too deeply.');
    const parts = [this.#sequence(depth)];
    while (this.#takes('|')) parts.push(this.#sequence(depth));
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  #sequence(depth: number): RegexpNode {
    const parts: RegexpNode[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at]!)) {
      const start = this.#at;
      parts.push(this.#repeated(this.#single(depth), start));
    }
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts };
  }

  #repeated(part: RegexpNode, start: number): RegexpNode {
    const counts = this.#counts();
    if (counts === null) return part;
    if (part.kind === 'assertion' && this.#source[start] !== '(') {
      this.#refuse('There is nothing here to repeat.', start);
    }
    this.#takes('?');
    const again = this.#at;
    if (this.#counts() !== null) {
      this.#refuse('This repeats a repetition. Put the first one in parentheses.', again);
    }
    return { kind: 'repeat', part, ...counts };
  }

  #counts(): { min: number; max: number | null } | null {
    if (this.#takes('*')) return { min: 0, max: null };
    if (this.#takes('+')) return { min: 1, max: null };
    if (this.#takes('?')) return { min: 0, max: 1 };
    const match = /^\{(\d{1,6})(?:(,)(\d{0,6}))?\}/.exec(this.#source.slice(this.#at, this.#at + 20));
    if (match === null) return null;
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === '' ? null : Number(match[3]);
    if (max !== null && max < min) this.#refuse(`The counts run backwards: write {${max},${min}}.`);
    this.#at += match[0].length;
    return { min, max };
  }

  #single(depth: number): RegexpNode {
    const start = this.#at;
    const character = this.#source[this.#at++]!;
    switch (character) {
      case '(':
        return this.#group(depth, start);
      case '[':
        return this.#set(start);
      case '.':
        return { kind: 'set', ranges: LINE_ENDS, negated: true };
      case '^':
        return { kind: 'assertion', at: 'start' };
      case '$':
        return { kind: 'assertion', at: 'end' };
      case '\\':
        return this.#escaped(start);
      case '*':
      case '+':
      case '?':
        return this.#refuse(
          `There is nothing before ${character} to repeat. Write \\${character} for the character.`,
          start,
        );
      default:
        return one(character.charCodeAt(0));
    }
  }

  #group(depth: number, start: number): RegexpNode {
    if (this.#takes('?')) {
      const isNamed = /^<[A-Za-z_]\w*>/.exec(this.#source.slice(this.#at, this.#at + 100));
      if (isNamed !== null) this.#at += isNamed[0].length;
      else if (!this.#takes(':'))
        this.#refuse('Only (…), (?:…) and (?<name>…) are supported, not lookaround.', start);
    }
    const inner = this.#choice(depth + 1);
    if (!this.#takes(')')) this.#refuse('This ( is not closed. Write \\( for the character.', start);
    return inner;
  }

  #escaped(start: number): RegexpNode {
    const character = this.#source[this.#at];
    const assertion = character === undefined ? undefined : ASSERTION_ESCAPES[character];
    if (assertion !== undefined) {
      this.#at++;
      return { kind: 'assertion', at: assertion };
    }
    const meaning = this.#escape(start);
    return typeof meaning === 'number' ? one(meaning) : { kind: 'set', ranges: meaning, negated: false };
  }

  /** What follows a backslash: one character, or a set of characters. */
  #escape(start: number): number | readonly CharacterRange[] {
    const character = this.#source[this.#at++];
    if (character === undefined) return this.#refuse('A backslash ends the expression.', start);
    const several = CLASS_ESCAPES[character.toLowerCase()];
    if (several !== undefined) return character === character.toLowerCase() ? several : inverse(several);
    const control = CONTROL_ESCAPES[character];
    if (control !== undefined) return control;
    if (character === 'x' || character === 'u') return this.#hex(character === 'x' ? 2 : 4, start);
    if (/[1-9k]/.test(character)) return this.#refuse('References to groups are not supported.', start);
    if (/[A-Za-z]/.test(character)) {
      return this.#refuse(`\\${character} has no meaning here. Write ${character} for the character.`, start);
    }
    return character.charCodeAt(0);
  }

  #hex(digits: number, start: number): number {
    const text = this.#source.slice(this.#at, this.#at + digits);
    if (text.length < digits || !/^[0-9a-f]+$/i.test(text)) {
      this.#refuse(`This needs ${digits} hexadecimal digits.`, start);
    }
    this.#at += digits;
    return Number.parseInt(text, 16);
  }

  #set(start: number): RegexpNode {
    const negated = this.#takes('^');
    const ranges: CharacterRange[] = [];
    while (!this.#takes(']')) {
      const memberAt = this.#at;
      const from = this.#member(start);
      if (typeof from !== 'number') {
        ranges.push(...from);
        continue;
      }
      const isRange = this.#source[this.#at] === '-' && (this.#source[this.#at + 1] ?? ']') !== ']';
      if (!isRange) {
        ranges.push([from, from]);
        continue;
      }
      this.#at++;
      const to = this.#member(start);
      if (typeof to !== 'number')
        this.#refuse('A range ends with a character. Put the - last, or write \\-.', memberAt);
      if (to < from) this.#refuse('The range runs backwards.', memberAt);
      ranges.push([from, to]);
    }
    return { kind: 'set', ranges, negated };
  }

  /** One character of a set, or several. */
  #member(start: number): number | readonly CharacterRange[] {
    if (this.#at >= this.#source.length)
      this.#refuse('This [ is not closed. Write \\[ for the character.', start);
    const at = this.#at;
    const character = this.#source[this.#at++]!;
    if (character !== '\\') return character.charCodeAt(0);
    if (this.#takes('b')) return 8;
    return this.#escape(at);
  }
}

function one(code: number): RegexpNode {
  return { kind: 'set', ranges: [[code, code]], negated: false };
}

/** All characters in none of the ranges, which must be ascending. */
function inverse(ranges: readonly CharacterRange[]): CharacterRange[] {
  const result: CharacterRange[] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) result.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST) result.push([next, LAST]);
  return result;
}
