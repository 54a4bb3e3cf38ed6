import type { AddressText } from '../units.ts';
import type { FlagName, Operator, TERMS, TermKind, TermName } from './terms.ts';

/** A range of characters in a filter's text; `to` is exclusive. */
export interface Span {
  from: number;
  to: number;
}

/** The value of a term, by its kind. */
export interface TermValues extends Record<TermKind, unknown> {
  /** A name, part of one, or a regular expression. */
  text: Pattern;
  /** The same as `text`, or a class with its subclasses. */
  class: Pattern | Family;
  /** The same as `text`, or the objects that have no value at all. */
  group: Pattern | Nothing;
  /** A number of bytes: a comparison or a range. */
  bytes: Figure;
  /** A whole number: a comparison or a range. */
  count: Figure;
  /** A generation: a comparison, a range, or none. */
  generation: Figure | Nothing;
  flag: FlagName;
  /** Another filter; the term is about the objects that it finds. */
  filter: Filter;
  /** An object id, in decimal digits. */
  id: string;
}

/** A text or a regular expression. */
export type Pattern =
  /**
   * A text that is the whole name of a group matches only that group; any other text matches names that contain it,
   * ignoring case.
   */
  { kind: 'text'; text: string } | { kind: 'regexp'; source: string; ignoreCase: boolean };

/** A class by its full name, with everything that inherits from it; or a module, with everything that includes it. */
export interface Family {
  kind: 'family';
  name: string;
}

/** Objects for which the dump has no value, such as untraced ones. */
export interface Nothing {
  kind: 'nothing';
}

/** Amounts are in bytes, or plain numbers; ranges include both ends, null = open. */
export type Figure =
  | { kind: 'compare'; operator: Operator; amount: number }
  | { kind: 'range'; from: number | null; to: number | null };

/** The type of a term's value. */
export type ValueOf<Name extends TermName> = TermValues[(typeof TERMS)[Name]['takes']];

/**
 * A filter, read from a text by `parseFilter` and written by `printFilter`:
 *
 *     filter   = [ either ]                           empty: everything
 *     either   = both { "or" both }
 *     both     = single { [ "and" ] single }          a space means and
 *     single   = ( "not" | "-" ) single | "(" either ")" | simple
 *     simple   = address | term | text
 *     term     = name ":" value                       the names and what they take: `TERMS`
 *              | name operator amount                 figures, with spaces around the operator or without
 *     value    = text [ "+" ] | figure | flag | operand | "untraced" | "none"
 *     operand  = "(" either ")" | simple
 *     figure   = amount | amount ".." [ amount ] | ".." amount | amount "-" amount
 *     operator = "<" | "<=" | "=" | "!=" | ">=" | ">"
 *     amount   = digits [ "." digits ] [ "B" | "KB" | "MB" | "GB" ]     1KB = 1024 bytes; 1,000 and 1_000 too
 *     text     = word | '"' characters '"' | "/" regexp "/" [ "i" ]     \" and \\ within quotes
 *     address  = "0x" hexadecimal digits              in either case, padded or not
 *              | "#<" name ":0x" hexadecimal digits ( ">" | anything up to the end )       as `inspect` prints it
 *
 * `and`, `or` and `not` may be written in capitals. A word ends at a space or a parenthesis. Text that begins with a
 * slash is a path, not a regular expression, if anything but the flag follows the second slash: /srv/app.
 */
export type Filter =
  | { kind: 'everything' }
  /** At least two parts, all of which must match. */
  | { kind: 'and'; parts: Filter[] }
  /** At least two parts, one of which must match. */
  | { kind: 'or'; parts: Filter[] }
  | { kind: 'not'; part: Filter }
  /** The object at an address; lower-case, without padding. */
  | { kind: 'address'; address: AddressText; span: Span }
  /** A text without a name before it. */
  | { kind: 'words'; pattern: Pattern; span: Span }
  | AnyTerm;

/** A named term. */
export interface TermNode<Name extends TermName> {
  kind: 'term';
  name: Name;
  value: ValueOf<Name>;
  span: Span;
}

export type AnyTerm = { [Name in TermName]: TermNode<Name> }[TermName];

/** What is wrong with a filter, where, and what would be right: one sentence or two. */
export interface FilterProblem extends Span {
  message: string;
}

/** A filter that cannot be read or answered. Its `name` is kept when the error is sent from the worker to the page. */
export class FilterError extends Error {
  readonly problem: FilterProblem;
  constructor(problem: FilterProblem) {
    super(problemText(problem));
    this.name = FILTER_ERROR;
    this.problem = problem;
  }
}

export const FILTER_ERROR = 'FilterError';

/** A problem in one line, with its position. */
export function problemText({ from, message }: FilterProblem): string {
  return `At character ${from + 1} of the filter: ${message}`;
}
