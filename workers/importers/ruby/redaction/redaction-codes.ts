/**
 * What redactor and WebAssembly both know. AssemblyScript compiles this file, too.
 */

/** What a text is to the rules. `known`: a word of Ruby's own or an address. */
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

/** What a byte may be part of: bits. */
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
