import { isWordCharacter, parseRegexp } from '../../protocol/filter/regexp-syntax.ts';
import { compileRegexp, type RegexpProgram } from './regexp-program.ts';

/** Maximum number of cached states; when there are more, the cache is emptied. */
const MAX_STATES = 1000;

/** The character before the current one: none, one of \w, or another one. */
type Before = 'start' | 'word' | 'other';

/** A set of states of the automaton, with the known transitions to other sets. */
interface State {
  /** Ascending. A match can also start at any position. */
  instructions: readonly number[];
  before: Before;
  /** By run of the next character. */
  next: (State | undefined)[];
}

/** The text matches, whatever follows. */
const MATCHED: State = { instructions: [], before: 'other', next: [] };

/**
 * Tests whether texts contain a match of a regular expression. Each character is read once, whatever the expression:
 * the automaton tracks all of its states at once, and caches each set of states as one state of a deterministic
 * automaton (R. Cox, Regular expression matching can be simple and fast, 2007). O(length) for a text, and O(length ·
 * size) at worst.
 */
export class RegexpMatcher {
  readonly #program: RegexpProgram;
  /** Code unit below 128 → its run. */
  readonly #runOfAscii = new Uint8Array(128);
  /** The end of a text is a run of its own. */
  readonly #end: number;
  #states = new Map<string, State>();

  /** `source` must be accepted by `parseRegexp`. */
  constructor(source: string, ignoreCase: boolean) {
    const node = parseRegexp(source);
    if ('message' in node) throw new Error(node.message);
    this.#program = compileRegexp(node, ignoreCase);
    this.#end = this.#program.runs.length;
    for (let code = 0; code < 128; code++) this.#runOfAscii[code] = runOf(this.#program.runs, code);
  }

  /** Whether some part of the text matches. */
  matches(text: string): boolean {
    let state = this.#stateOf([], 'start');
    for (let at = 0; at <= text.length; at++) {
      const run = at === text.length ? this.#end : this.#runOf(text.charCodeAt(at));
      let next = state.next[run];
      if (next === undefined) {
        next = this.#step(state, run);
        state.next[run] = next;
      }
      if (next === MATCHED) return true;
      state = next;
    }
    return false;
  }

  #runOf(code: number): number {
    return code < 128 ? this.#runOfAscii[code]! : runOf(this.#program.runs, code);
  }

  #stateOf(instructions: readonly number[], before: Before): State {
    const key = `${before} ${instructions.join(' ')}`;
    let state = this.#states.get(key);
    if (state === undefined) {
      if (this.#states.size >= MAX_STATES) this.#states.clear();
      state = { instructions, before, next: [] };
      this.#states.set(key, state);
    }
    return state;
  }

  /** The state that follows on a character of the run. */
  #step({ instructions, before }: State, run: number): State {
    const { instructions: program, start, runs } = this.#program;
    const isEnd = run === this.#end;
    const code = isEnd ? 0 : runs[run]!;
    const isWord = !isEnd && isWordCharacter(code);
    const isBoundary = isWord !== (before === 'word');
    const seen = new Uint8Array(program.length);
    const waiting = [...instructions, start];
    const taken = new Set<number>();
    while (waiting.length > 0) {
      const at = waiting.pop()!;
      if (seen[at] === 1) continue;
      seen[at] = 1;
      const instruction = program[at]!;
      switch (instruction.kind) {
        case 'match':
          return MATCHED;
        case 'fork':
          waiting.push(instruction.next, instruction.other);
          break;
        case 'check': {
          const holds = {
            start: before === 'start',
            end: isEnd,
            boundary: isBoundary,
            'no boundary': !isBoundary,
          }[instruction.at];
          if (holds) waiting.push(instruction.next);
          break;
        }
        case 'take':
          if (!isEnd && instruction.set(code)) taken.add(instruction.next);
      }
    }
    return this.#stateOf(
      [...taken].sort((a, b) => a - b),
      isWord ? 'word' : 'other',
    );
  }
}

/** The run that a code unit is in. O(log runs). */
function runOf(runs: Uint16Array, code: number): number {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (runs[middle]! <= code) low = middle;
    else high = middle - 1;
  }
  return low;
}
