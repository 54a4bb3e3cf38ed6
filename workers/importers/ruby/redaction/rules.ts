import { TextKind } from './redaction-codes.ts';

/** Replaces the parts of paths and names by keyed hashes: equal texts stay equal, and nothing else is revealed. */
export class NameReplacer {
  readonly #hash: (bytes: Uint8Array) => string;
  readonly #names = new Map<string, string>();

  /** `hash`: sixteen hexadecimal digits. */
  constructor(hash: (bytes: Uint8Array) => string) {
    this.#hash = hash;
  }

  /** The replacement of a path or a name, in ASCII. Cached, since there are few and they repeat. */
  replacement(kind: TextKind, bytes: Uint8Array): string {
    const text = LATIN1.decode(bytes);
    const key = `${kind}${text}`;
    let replaced = this.#names.get(key);
    if (replaced === undefined) {
      replaced = kind === TextKind.path ? this.#path(text) : this.#name(text);
      this.#names.set(key, replaced);
    }
    return replaced;
  }

  /** Hashes each folder separately, so that files of one folder stay together, and keeps the extension of the file. */
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

  /** Hashes each identifier separately, so that namespaces stay visible. Keeps the punctuation of Ruby's names. */
  #name(text: string): string {
    if (RUBY_CLASSES.has(text)) return text;
    return text.replace(/0x[0-9a-f]+|[^\s:#<>@$?!=()[\],.&|^*%/+~-]+/g, word => {
      if (word.startsWith('0x') || RUBY_CLASSES.has(word)) return word;
      return `${/^[A-Z]/.test(word) ? 'N' : 'n'}${this.#hashOf(word)}`;
    });
  }

  #hashOf(text: string): string {
    return this.#hash(Uint8Array.from(text, character => character.charCodeAt(0))).slice(0, 12);
  }
}

const LATIN1 = new TextDecoder('latin1');

/** Classes and modules of Ruby itself: their names reveal nothing, and keep totals by class readable. */
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
