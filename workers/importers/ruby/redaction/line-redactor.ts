import { KEY_NAMES, KEYS } from '../record-keys.ts';
import { ByteClass, type LineOutcome, TextKind } from './redaction-codes.ts';
import { REDACTOR_CODE } from './redactor-code.generated.ts';

/** The exports of `wasm/index.ts`, which documents them. Positions are addresses in its memory. */
interface RedactorExports {
  readonly memory: WebAssembly.Memory;
  setUp(key0: bigint, key1: bigint, kindBits: number, words: number, multiplier: number, shift: number): void;
  wordTable(index: number): number;
  kindsAt(): number;
  classesAt(): number;
  scratchOf(capacity: number): number;
  windowOf(capacity: number): number;
  hash(start: number, end: number): bigint;
  replaceSecret(start: number, end: number): void;
  outputAt(): number;
  outputEnd(): number;
  position(): number;
  recordsRead(): number;
  secretsReplaced(): number;
  redact(start: number, stop: number): LineOutcome;
}

/** The kinds of the texts under Ruby's keys; keys that are not listed have {@link TextKind.known} texts. */
const TEXT_KINDS: Readonly<Record<string, TextKind>> = {
  value: TextKind.secret,
  file: TextKind.path,
  name: TextKind.name,
  real_class_name: TextKind.name,
  method: TextKind.name,
  mid: TextKind.name,
  called_id: TextKind.name,
  edge_name: TextKind.name,
};
const KEY_KINDS = KEY_NAMES.map(name => TEXT_KINDS[name] ?? TextKind.known);

/** Byte → the texts in which it may occur, as {@link ByteClass} bits. */
export const CLASSES = new Uint8Array(256);
for (const [characters, kind] of [
  ['0123456789abcdefABCDEFxX", ', ByteClass.list],
  ['0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-.', ByteClass.scalar],
  ['0123456789abcdefghijklmnopqrstuvwxyz_":, ', ByteClass.flags],
  ['0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_/:. ()<>+-', ByteClass.known],
] as const) {
  for (const character of characters) CLASSES[character.charCodeAt(0)]! |= kind;
}

/** The kind of the text under a key. Text under an unknown key may be anything, so it is secret. */
export function textKindOf(key: string): TextKind {
  const id = KEY_NAMES.indexOf(key);
  return id > 0 ? KEY_KINDS[id]! : TextKind.secret;
}

/** Compiled once for each thread. */
const MODULE = new WebAssembly.Module(Uint8Array.from(atob(REDACTOR_CODE), char => char.charCodeAt(0)));
const HASH_BITS = 64;
const LATIN1 = new TextDecoder('latin1');

/**
 * Redacts lines in a window of text, in WebAssembly with its own memory. Every byte is checked: a line that is not
 * exactly in Ruby's layout is left to the caller. Hashes texts with SipHash-2-4.
 */
export class LineRedactor {
  readonly #redactor: RedactorExports;
  #memory: Uint8Array;
  #window = 0;

  /**
   * `key`: 32 hexadecimal digits. `replaced`: the kinds of texts that are replaced. `replacementOf`: the replacement
   * of a path or a name, in ASCII, at most fourteen times as long.
   */
  constructor(
    key: string,
    replaced: readonly TextKind[],
    replacementOf: (kind: TextKind, bytes: Uint8Array) => string,
  ) {
    if (!/^[0-9a-f]{32}$/i.test(key)) throw new Error('a key has 32 hexadecimal digits');
    const replace = (kind: TextKind, start: number, end: number, at: number) => {
      const text = replacementOf(kind, this.#bytes().subarray(start, end));
      return new TextEncoder().encodeInto(text, this.#bytes().subarray(at)).written;
    };
    const fail = () => {
      throw new RangeError('there is no memory for a record of this length');
    };
    const { exports } = new WebAssembly.Instance(MODULE, { host: { replace, fail, morePages: fail } });
    this.#redactor = exports as unknown as RedactorExports;
    this.#memory = new Uint8Array(this.#redactor.memory.buffer);
    const kindBits = replaced.reduce((bits, kind) => bits | (1 << kind), 0);
    const [key0, key1] = [BigInt(`0x${key.slice(0, 16)}`), BigInt(`0x${key.slice(16)}`)];
    this.#redactor.setUp(key0, key1, kindBits, KEY_NAMES.length, KEYS.multiplier, KEYS.shift);
    [KEYS.ids, KEYS.heads, KEYS.tails, KEYS.twins, KEYS.lengths, KEYS.middles].forEach((table, index) => {
      const bytes = new Uint8Array(table.buffer, table.byteOffset, table.byteLength);
      this.#bytes().set(bytes, this.#redactor.wordTable(index));
    });
    this.#bytes().set(KEY_KINDS, this.#redactor.kindsAt());
    this.#bytes().set(CLASSES, this.#redactor.classesAt());
  }

  /** The current memory: growing it creates a new buffer. */
  #bytes(): Uint8Array {
    const { buffer } = this.#redactor.memory;
    if (this.#memory.buffer !== buffer) this.#memory = new Uint8Array(buffer);
    return this.#memory;
  }

  /** A window of this size, which begins with the contents of the previous one. That must no longer be used. */
  windowOf(bytes: number): Uint8Array {
    this.#window = this.#redactor.windowOf(bytes);
    return this.#bytes().subarray(this.#window, this.#window + bytes);
  }

  /** Redacts the lines in `start` … `stop` of the window into {@link output}; `stop` is the end of a line. */
  redact(start: number, stop: number): LineOutcome {
    return this.#redactor.redact(this.#window + start, this.#window + stop);
  }

  /** Where in the window the last {@link redact} stopped. */
  get position(): number {
    return this.#redactor.position() - this.#window;
  }

  /** The redacted text. Valid until the next call of any method. */
  get output(): Uint8Array {
    return this.#bytes().subarray(this.#redactor.outputAt(), this.#redactor.outputEnd());
  }

  /** Number of records in it. */
  get records(): number {
    return this.#redactor.recordsRead();
  }

  /** Number of secrets replaced in it. */
  get secrets(): number {
    return this.#redactor.secretsReplaced();
  }

  /** The replacement of a secret in the window: `<12:9f86d081884c7d65>`, its length in bytes and their hash. */
  secret(start: number, end: number): string {
    this.#redactor.replaceSecret(this.#window + start, this.#window + end);
    return LATIN1.decode(this.output);
  }

  /** Hash of bytes, as sixteen hexadecimal digits. */
  hash(bytes: Uint8Array): string {
    const at = this.#redactor.scratchOf(bytes.length);
    this.#bytes().set(bytes, at);
    const hash = this.#redactor.hash(at, at + bytes.length);
    return BigInt.asUintN(HASH_BITS, hash).toString(16).padStart(16, '0');
  }
}
