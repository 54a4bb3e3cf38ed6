import { addressText, readObjectReference } from '../object-reference.ts';
import {
  type AnyTerm,
  type Filter,
  FilterError,
  type FilterProblem,
  type Nothing,
  type Pattern,
  type TermNode,
  type TermValues,
  type ValueOf,
} from './filter.ts';
import {
  type KnownHead,
  parseClass,
  parseFigure,
  parseFlag,
  parseGeneration,
  parseId,
  parsePattern,
  parseText,
  refuseValue,
} from './parse-values.ts';
import { Scanner, type TermHead } from './scanner.ts';
import { closest } from './spelling.ts';
import { declarationOf, TERM_NAMES, type TermName } from './terms.ts';

/** Maximum depth of nested parentheses and negations. */
const MAX_DEPTH = 100;

/** A filter, or what is wrong with its text. */
export type ParsedFilter = { ok: true; filter: Filter } | { ok: false; problem: FilterProblem };

/** Parses a filter; see `Filter` for the grammar. O(length). */
export function parseFilter(text: string): ParsedFilter {
  try {
    return { ok: true, filter: new Parser(text).parse() };
  } catch (error) {
    if (error instanceof FilterError) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** The same address in lower case without padding; null if the text is not an address. */
export function normalAddress(text: string): string | null {
  if (!/^0x/i.test(text)) return null;
  const reference = readObjectReference(text);
  return reference?.kind === 'address' ? addressText(reference.address) : null;
}

class Parser {
  readonly #scanner: Scanner;
  #depth = 0;

  constructor(text: string) {
    this.#scanner = new Scanner(text);
  }

  parse(): Filter {
    const scanner = this.#scanner;
    scanner.skipSpaces();
    if (scanner.isAtEnd) return { kind: 'everything' };
    const filter = this.#either();
    if (scanner.next === ')')
      scanner.refuse('There is no ( for this ). A text that holds it is put in quotes.');
    return filter;
  }

  #either(): Filter {
    const parts = [this.#both()];
    while (this.#scanner.takesKeyword('or')) {
      this.#scanner.skipSpaces();
      parts.push(this.#both());
    }
    return parts.length === 1 ? parts[0]! : { kind: 'or', parts };
  }

  #both(): Filter {
    const scanner = this.#scanner;
    const parts = [this.#single()];
    for (;;) {
      scanner.skipSpaces();
      if (scanner.isAtEnd || scanner.next === ')' || scanner.isKeyword('or')) break;
      if (scanner.takesKeyword('and')) scanner.skipSpaces();
      parts.push(this.#single());
    }
    return parts.length === 1 ? parts[0]! : { kind: 'and', parts };
  }

  /** Reads one level deeper: within parentheses, or after a negation. */
  #deeper(read: () => Filter): Filter {
    if (++this.#depth > MAX_DEPTH) this.#scanner.refuse('The filter is nested too deeply.');
    const filter = read();
    this.#depth--;
    return filter;
  }

  #single(): Filter {
    const scanner = this.#scanner;
    if (scanner.takesKeyword('not')) {
      scanner.skipSpaces();
      return { kind: 'not', part: this.#deeper(() => this.#single()) };
    }
    if (scanner.next === '-') {
      scanner.at++;
      if (scanner.isAtEnd || /\s/.test(scanner.next)) {
        const span = { from: scanner.at - 1, to: scanner.at };
        scanner.refuse('A minus stands directly before what it excludes, such as -class:User.', span);
      }
      return { kind: 'not', part: this.#deeper(() => this.#single()) };
    }
    for (const keyword of ['and', 'or'] as const) {
      const to = scanner.at + keyword.length;
      if (scanner.isKeyword(keyword)) {
        scanner.refuse(`“${keyword}” stands between two terms. To search for the word, put it in quotes.`, {
          from: scanner.at,
          to,
        });
      }
    }
    if (scanner.isAtEnd) scanner.refuse('A term is missing at the end.');
    return scanner.next === '(' ? this.#parenthesized() : this.#simple();
  }

  #parenthesized(): Filter {
    const scanner = this.#scanner;
    const from = scanner.at++;
    scanner.skipSpaces();
    if (scanner.next === ')')
      scanner.refuse('There is nothing in these parentheses.', { from, to: scanner.at + 1 });
    if (scanner.isAtEnd) scanner.refuse('This ( is not closed.', { from, to: from + 1 });
    const filter = this.#deeper(() => this.#either());
    if (!scanner.takes(')')) scanner.refuse('This ( is not closed.', { from, to: from + 1 });
    scanner.expectEndOfWord('the parenthesis');
    return filter;
  }

  /** An address, a term or a text. */
  #simple(): Filter {
    const scanner = this.#scanner;
    const from = scanner.at;
    if (scanner.next === ')') scanner.refuse('A term is missing before this ).');
    const inspected = scanner.inspected();
    if (inspected !== null) return { kind: 'address', address: inspected, span: scanner.spanFrom(from) };
    const head = scanner.next === '"' ? null : scanner.termHead();
    if (head !== null) return this.#term(head);
    const isWord = scanner.next !== '"';
    const pattern = parsePattern(scanner);
    scanner.expectEndOfWord('this');
    const span = scanner.spanFrom(from);
    if (pattern.kind === 'text') {
      const address = isWord ? normalAddress(pattern.text) : null;
      if (address !== null) return { kind: 'address', address, span };
      if (pattern.text === '') scanner.refuse('There is nothing in these quotes.', span);
    }
    return { kind: 'words', pattern, span };
  }

  #term(head: TermHead): AnyTerm {
    const { name } = head;
    if (name !== null) {
      return this.#termOf({ ...head, name });
    }
    const suggestion = closest(head.written, TERM_NAMES);
    const advice =
      suggestion === null ? `There are ${TERM_NAMES.join(', ')}.` : `Did you mean ${suggestion}?`;
    return this.#scanner.refuse(
      `There is no term ${head.written}. ${advice} To search for the text, put it in quotes.`,
      head.span,
    );
  }

  #termOf<Name extends TermName>(head: KnownHead & { name: Name }): AnyTerm {
    const scanner = this.#scanner;
    const { takes } = declarationOf(head.name);
    const isFigure = takes === 'bytes' || takes === 'count' || takes === 'generation';
    if (head.operator !== ':' && !isFigure) {
      scanner.refuse(`${head.written} takes a colon: ${declarationOf(head.name).examples[0]}.`, head.span);
    }
    const readers: { [Kind in keyof TermValues]: () => TermValues[Kind] } = {
      text: () => parseText(scanner, head) as Pattern,
      class: () => parseClass(scanner, head),
      group: () => parseText(scanner, head) as Pattern | Nothing,
      bytes: () => parseFigure(scanner, head),
      count: () => parseFigure(scanner, head),
      generation: () => parseGeneration(scanner, head),
      flag: () => parseFlag(scanner, head),
      filter: () => this.#operand(head),
      id: () => parseId(scanner, head),
    };
    const value = readers[takes]() as ValueOf<Name>;
    scanner.expectEndOfWord('this');
    const node: TermNode<Name> = {
      kind: 'term',
      name: head.name,
      value,
      span: scanner.spanFrom(head.span.from),
    };
    return node as unknown as AnyTerm;
  }

  #operand(head: KnownHead): Filter {
    const scanner = this.#scanner;
    if (scanner.isAtEnd || /[\s)]/.test(scanner.next)) return refuseValue(scanner, head, '');
    if (scanner.next === '-' || scanner.isKeyword('not')) {
      return scanner.refuse(`Put a negation in parentheses: ${head.written}:(-class:User).`);
    }
    return this.#deeper(() => (scanner.next === '(' ? this.#parenthesized() : this.#simple()));
  }
}
