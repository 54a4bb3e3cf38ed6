/**
 * Codes shared by the redactor and its WebAssembly module. AssemblyScript compiles this file, too.
 */

/** How the rules treat a text. `known`: one of Ruby's own words, or an address. */
export enum TextKind {
  known = 0,
  secret = 1,
  path = 2,
  name = 3,
}

/** Why the redaction of lines stopped. */
export enum LineOutcome {
  /** All lines are redacted. */
  done = 0,
  /** The line at the position is not as Ruby writes it. */
  irregular = 1,
  /** There is no more room for output. */
  full = 2,
}

/** The texts in which a byte may occur, as bits. */
export enum ByteClass {
  /** A list of addresses: hexadecimal digits, quotes, commas, spaces. */
  list = 1,
  /** A number or a word such as `true`. */
  scalar = 2,
  /** `flags`: words and numbers. */
  flags = 4,
  /** A text of the kind `known`. */
  known = 8,
}
