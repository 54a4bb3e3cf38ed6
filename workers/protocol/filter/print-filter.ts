import { printAmount } from './amounts.ts';
import type { AnyTerm, Figure, Filter, Pattern, TermNode, TermValues } from './filter.ts';
import { normalAddress } from './parse-filter.ts';
import { looksLikeTerm, regexpEnd } from './scanner.ts';
import { declarationOf, type TermName } from './terms.ts';

/**
 * Writes a filter so that `parseFilter` reads the same filter, with no more spaces, quotes and parentheses than needed.
 */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'everything':
      return '';
    case 'or':
      return filter.parts
        .map(part => (part.kind === 'or' ? `(${printFilter(part)})` : printFilter(part)))
        .join(' or ');
    case 'and':
      return filter.parts
        .map(part =>
          part.kind === 'or' || part.kind === 'and' ? `(${printFilter(part)})` : printFilter(part),
        )
        .join(' ');
    case 'not':
      return `-${printOperand(filter.part)}`;
    case 'address':
      return filter.address;
    case 'words':
      return filter.pattern.kind === 'text' && isPlainWord(filter.pattern.text)
        ? filter.pattern.text
        : printPattern(filter.pattern, true);
    case 'term':
      return printTerm(filter);
  }
}

/** In parentheses, unless it is one term. */
function printOperand(filter: Filter): string {
  const isOne = filter.kind === 'address' || filter.kind === 'words' || filter.kind === 'term';
  return isOne ? printFilter(filter) : `(${printFilter(filter)})`;
}

type Printers = { [Kind in keyof TermValues]: (value: TermValues[Kind], term: AnyTerm) => string };

/** The value of a term, with the colon or operator before it. */
const PRINTERS: Printers = {
  text: pattern => `:${printPattern(pattern, false)}`,
  class: value => {
    if (value.kind !== 'family') return `:${printPattern(value, false)}`;
    return isPlainValue(value.name) ? `:${value.name}+` : `:${quoted(value.name)}+`;
  },
  group: (value, { name }) =>
    value.kind === 'nothing'
      ? `:${nothingKeyword(name)}`
      : `:${printPattern(value, value.kind === 'text' && value.text === nothingKeyword(name))}`,
  bytes: figure => printFigure(figure, true),
  count: figure => printFigure(figure, false),
  generation: (value, { name }) =>
    value.kind === 'nothing' ? `:${nothingKeyword(name)}` : printFigure(value, false),
  flag: flag => `:${flag}`,
  filter: filter => `:${printOperand(filter)}`,
  id: id => `:${id}`,
};

function printTerm(term: AnyTerm): string {
  return `${term.name}${printValue(term)}`;
}

function printValue<Name extends TermName>(term: TermNode<Name>): string {
  const print = PRINTERS[declarationOf(term.name).takes] as (value: unknown, term: AnyTerm) => string;
  return print(term.value, term as unknown as AnyTerm);
}

function nothingKeyword(name: TermName): string {
  return declarationOf(name).nothing ?? '';
}

function printFigure(figure: Figure, hasUnits: boolean): string {
  const print = (amount: number | null) => (amount === null ? '' : printAmount(amount, hasUnits));
  if (figure.kind === 'range') return `:${print(figure.from)}..${print(figure.to)}`;
  return `${figure.operator === '=' ? ':' : figure.operator}${print(figure.amount)}`;
}

function printPattern(pattern: Pattern, inQuotes: boolean): string {
  if (pattern.kind === 'regexp') return `/${pattern.source}/${pattern.ignoreCase ? 'i' : ''}`;
  return !inQuotes && isPlainValue(pattern.text) ? pattern.text : quoted(pattern.text);
}

function quoted(text: string): string {
  return `"${text.replace(/\\(?=["\\]|$)|"/g, '\\$&')}"`;
}

/** Whether a text can follow the colon of a term without quotes. */
function isPlainValue(text: string): boolean {
  return text !== '' && !/[\s()"]|^:|\+$/.test(text) && (!text.startsWith('/') || isPath(text));
}

/** Whether a text without a name before it needs no quotes. */
function isPlainWord(text: string): boolean {
  return (
    isPlainValue(text) &&
    !text.startsWith('-') &&
    !/^(and|or|not|AND|OR|NOT)$/.test(text) &&
    !looksLikeTerm(text) &&
    !text.startsWith('#<') &&
    normalAddress(text) === null
  );
}

/** Whether a text that begins with a slash is never read as a regular expression, whatever follows it. */
function isPath(text: string): boolean {
  return regexpEnd(`${text} /`, 0) === null;
}
