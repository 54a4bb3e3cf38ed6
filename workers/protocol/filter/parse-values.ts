import { parseAmount } from './amounts.ts';
import type { Family, Figure, Nothing, Pattern, TermValues } from './filter.ts';
import type { Scanner, TermHead } from './scanner.ts';
import { closest } from './spelling.ts';
import { declarationOf, FLAG_NAMES, type FlagName, type TermDeclaration, type TermName } from './terms.ts';

/** The head of a term whose name is known; its value follows. */
export interface KnownHead extends TermHead {
  name: TermName;
}

/** What each kind of term accepts, as the end of a sentence. */
const WANTS: Readonly<Record<keyof TermValues, string>> = {
  text: 'a text, or a regular expression between slashes',
  class: 'a name or a part of one, a regular expression between slashes, or a name with + for its subclasses',
  group: 'a text, or a regular expression between slashes',
  bytes: 'an amount such as 1000 or 1KB, or a range such as 1KB..4KB',
  count: 'a number, or a range such as 10..20',
  generation: 'a number, a range such as 40..52',
  flag: `one of ${FLAG_NAMES.join(', ')}`,
  filter: 'a term such as class:User, an address, or a filter in parentheses',
  id: 'an object id in decimal digits',
};

/** What a term accepts, as the end of a sentence. */
export function describeExpected({ takes, nothing }: TermDeclaration): string {
  return nothing === undefined ? WANTS[takes] : `${WANTS[takes]}, or ${nothing}`;
}

/** Refuses the value and says what the term accepts. `reason`: what is wrong, or '' if there is no value. */
export function refuseValue(scanner: Scanner, head: KnownHead, reason: string): never {
  const declaration = declarationOf(head.name);
  const expected = `${head.written}: expects ${describeExpected(declaration)}`;
  const message = reason === '' ? `${expected}. Try ${declaration.examples[0]}.` : `${expected}: ${reason}.`;
  return scanner.refuse(message, { from: head.span.from, to: scanner.at });
}

/** A text without a name: a word, a quoted text, or a regular expression. */
export function parsePattern(scanner: Scanner): Pattern {
  if (scanner.next === '"') {
    const text = scanner.quoted();
    return { kind: 'text', text };
  }
  return scanner.regexp() ?? { kind: 'text', text: scanner.word() };
}

/** The text of a term. The word for objects without a value counts only outside quotes. */
export function parseText(scanner: Scanner, head: KnownHead): Pattern | Nothing {
  const isQuoted = scanner.next === '"';
  const pattern = parsePattern(scanner);
  if (pattern.kind === 'text') {
    if (pattern.text === '') refuseValue(scanner, head, isQuoted ? 'this text is empty' : '');
    if (!isQuoted && pattern.text === declarationOf(head.name).nothing) return { kind: 'nothing' };
  }
  return pattern;
}

/** A class, or a class with its subclasses if a plus follows. */
export function parseClass(scanner: Scanner, head: KnownHead): Pattern | Family {
  const isQuoted = scanner.next === '"';
  const pattern = parsePattern(scanner);
  if (pattern.kind === 'regexp') return pattern;
  const isFamily = isQuoted ? scanner.takes('+') : pattern.text.endsWith('+');
  const name = isFamily && !isQuoted ? pattern.text.slice(0, -1) : pattern.text;
  if (name === '') refuseValue(scanner, head, '');
  return isFamily ? { kind: 'family', name } : { kind: 'text', text: name };
}

export function parseFlag(scanner: Scanner, head: KnownHead): FlagName {
  const word = scanner.word();
  const flag = FLAG_NAMES.find(name => name === word.toLowerCase());
  if (flag !== undefined) return flag;
  if (word === '') return refuseValue(scanner, head, '');
  const suggestion = closest(word, FLAG_NAMES);
  const advice = suggestion === null ? `It can be ${FLAG_NAMES.join(', ')}` : `Did you mean is:${suggestion}`;
  return scanner.refuse(`There is no property ${word}. ${advice}${suggestion === null ? '.' : '?'}`, {
    from: head.span.from,
    to: scanner.at,
  });
}

/** A comparison, a number or a range. */
export function parseFigure(scanner: Scanner, head: KnownHead): Figure {
  const hasUnits = declarationOf(head.name).takes === 'bytes';
  if (head.operator !== ':') scanner.skipSpaces();
  const word = scanner.word();
  if (word === '') return refuseValue(scanner, head, '');
  if (head.operator !== ':') {
    return { kind: 'compare', operator: head.operator, amount: amountOf(scanner, head, word, hasUnits) };
  }
  const range = /^(.*?)(?:\.\.|(?<=\w)-)(.*)$/.exec(word);
  if (range === null) {
    return { kind: 'compare', operator: '=', amount: amountOf(scanner, head, word, hasUnits) };
  }
  const [, fromText, toText] = range as unknown as [string, string, string];
  if (fromText === '' && toText === '') return refuseValue(scanner, head, `${word} has no end`);
  const from = fromText === '' ? null : amountOf(scanner, head, fromText, hasUnits);
  const to = toText === '' ? null : amountOf(scanner, head, toText, hasUnits);
  if (from !== null && to !== null && from > to) {
    return scanner.refuse(
      `${head.written}:${word} runs backwards. Write ${head.written}:${toText}..${fromText}.`,
      {
        from: head.span.from,
        to: scanner.at,
      },
    );
  }
  return { kind: 'range', from, to };
}

export function parseGeneration(scanner: Scanner, head: KnownHead): Figure | Nothing {
  const { nothing } = declarationOf(head.name);
  const from = scanner.at;
  if (head.operator === ':' && nothing !== undefined && scanner.word() === nothing)
    return { kind: 'nothing' };
  scanner.at = from;
  return parseFigure(scanner, head);
}

export function parseId(scanner: Scanner, head: KnownHead): string {
  const word = scanner.word();
  if (word === '') return refuseValue(scanner, head, '');
  return /^-?\d{1,20}$/.test(word) ? word : refuseValue(scanner, head, `${word} is not one`);
}

function amountOf(scanner: Scanner, head: KnownHead, text: string, hasUnits: boolean): number {
  const amount = parseAmount(text, hasUnits);
  return typeof amount === 'number' ? amount : refuseValue(scanner, head, amount.message);
}
