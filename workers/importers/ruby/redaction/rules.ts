import type { RedactionRules } from '../../../protocol/redaction.ts';
import { hashKeyOf, SipHash } from './siphash.ts';

/** What a text is to the rules. */
export type TextKind = 'known' | 'secret' | 'path' | 'name';

/** The keys of Ruby's records, and what their texts are. `known`: words of Ruby's own, addresses, or no text. */
export const TEXT_KINDS: Readonly<Record<string, TextKind>> = {
  address: 'known',
  type: 'known',
  root: 'known',
  class: 'known',
  superclass: 'known',
  receiver_class: 'known',
  default: 'known',
  encoding: 'known',
  coderange: 'known',
  imemo_type: 'known',
  node_type: 'known',
  shape_type: 'known',
  struct: 'known',
  value: 'secret',
  file: 'path',
  name: 'name',
  real_class_name: 'name',
  method: 'name',
  mid: 'name',
  called_id: 'name',
  edge_name: 'name',
};

/** Replaces texts as the rules say. Hashes are keyed: equal texts stay equal, and nothing else can be told of them. */
export class TextReplacer {
  readonly #rules: RedactionRules;
  readonly #hash: SipHash;
  readonly #names = new Map<string, string>();

  constructor(rules: RedactionRules) {
    this.#rules = rules;
    const key = hashKeyOf(rules.key);
    if (key === null) throw new Error('a key has 32 hexadecimal digits');
    this.#hash = new SipHash(key);
  }

  /** Whether texts of a kind are replaced. */
  replaces(kind: TextKind): boolean {
    if (kind === 'path') return this.#rules.hashPaths;
    return kind === 'secret' || (kind === 'name' && this.#rules.hashNames);
  }

  /** What takes the place of a text that is replaced: the bytes between its quotes, in ASCII. */
  replacement(kind: TextKind, bytes: Uint8Array, start: number, end: number): string {
    if (start === end) return '';
    if (kind === 'secret') return this.#secret(bytes, start, end);
    // Names and paths are few, and come again and again.
    const text = LATIN1.decode(bytes.subarray(start, end));
    const key = `${kind}${text}`;
    let replaced = this.#names.get(key);
    if (replaced === undefined) {
      replaced = kind === 'path' ? this.#path(text) : this.#name(text);
      this.#names.set(key, replaced);
    }
    return replaced;
  }

  /** `<12:9f86d081884c7d65>`: how many bytes it had, and their hash. */
  #secret(bytes: Uint8Array, start: number, end: number): string {
    this.#hash.hash(bytes, start, end);
    return `<${lengthOf(bytes, start, end)}:${hex(this.#hash.high)}${hex(this.#hash.low)}>`;
  }

  /** Each folder by itself, so that what lies in one stays together; with the ending of the file. */
  #path(text: string): string {
    const parts = text.split('/');
    return parts
      .map((part, at) => {
        if (part === '') return '';
        const ending = at === parts.length - 1 ? /\.[a-z]{1,5}$/.exec(part)?.[0] : undefined;
        return `${this.#hashOf(part)}${ending ?? ''}`;
      })
      .join('/');
  }

  /** Each identifier by itself, so that a namespace stays one; with the marks by which Ruby tells kinds of names. */
  #name(text: string): string {
    if (RUBY_CLASSES.has(text)) return text;
    return text.replace(/0x[0-9a-f]+|[^\s:#<>@$?!=()[\],.&|^*%/+~-]+/g, word => {
      if (word.startsWith('0x') || RUBY_CLASSES.has(word)) return word;
      return `${/^[A-Z]/.test(word) ? 'N' : 'n'}${this.#hashOf(word)}`;
    });
  }

  #hashOf(text: string): string {
    const bytes = Uint8Array.from(text, character => character.charCodeAt(0));
    this.#hash.hash(bytes, 0, bytes.length);
    return `${hex(this.#hash.high)}${hex(this.#hash.low).slice(0, 4)}`;
  }
}

const LATIN1 = new TextDecoder('latin1');
const BACKSLASH = 0x5c;
const LOWER_U = 0x75;

/** Bytes that a text has without its escapes. */
function lengthOf(bytes: Uint8Array, start: number, end: number): number {
  let length = 0;
  for (let at = start; at < end; length++) {
    at += bytes[at] !== BACKSLASH ? 1 : bytes[at + 1] === LOWER_U ? 6 : 2;
  }
  return length;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}

/** Classes and modules that every Ruby has: their names tell nothing, and totals by class stay readable. */
const RUBY_CLASSES: ReadonlySet<string> = new Set(
  `ARGF Array BasicObject Binding Class Comparable Complex Data Dir ENV Encoding Encoding::Converter Enumerable
  Enumerator Enumerator::Lazy Enumerator::Yielder Errno Exception FalseClass Fiber File File::Stat FileTest Float
  GC Hash IO IO::Buffer Integer Kernel Marshal MatchData Math Method Module Monitor Mutex NilClass NoMethodError Numeric
  Object ObjectSpace ObjectSpace::WeakMap Proc Process Process::Status Queue Ractor Random Range Rational Refinement
  Regexp RubyVM RubyVM::InstructionSequence RuntimeError Set Signal StandardError String StringIO Struct Symbol Thread
  Thread::Backtrace::Location Thread::ConditionVariable Thread::Mutex Thread::Queue Time TracePoint TrueClass
  UnboundMethod`
    .trim()
    .split(/\s+/),
);
