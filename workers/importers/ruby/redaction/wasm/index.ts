import { allocate, reallocate } from '../../wasm/memory';
import { endOfString, QUOTE } from '../../wasm/text';
import { WordFinder } from '../../wasm/words';
import { ByteClass, LineOutcome, TextKind } from '../redaction-codes';
import { clearOutput, copy, output, outputStart, room, SECRET_BYTES, setUpOutput, writeSecret, advance } from './output';
import { setHashKey, sipHash } from './siphash';

// Called by line-redactor.ts. Positions are addresses in this memory.

/** Writes what replaces a path or a name at the end of the output, and returns its length. */
@external('host', 'replace')
declare function replace(kind: TextKind, start: usize, end: usize, at: usize): usize;

const COMMA: u8 = 0x2c;
const SPACE: u8 = 0x20;
const OPEN_BRACE: u8 = 0x7b;
const CLOSE_BRACE: u8 = 0x7d;
const OPEN_BRACKET: u8 = 0x5b;
const CLOSE_BRACKET: u8 = 0x5d;
const LF: u8 = 0x0a;
const CR: u8 = 0x0d;

/** Texts of a line that can be replaced. */
const MAX_PLANNED: u32 = 64;
/** The replacement of a path or a name is at most this many times as long as the text and its quote. */
const NAME_FACTOR: usize = 14;
/** Bytes after the window that may be read. */
const SLACK: usize = 64;

let keys: WordFinder = changetype<WordFinder>(0);
/** Key → the kind of its text. */
let kinds: usize = 0;
/** Byte → its classes. */
let classes: usize = 0;
let scratch: usize = 0;
let scratchBytes: usize = 0;
let window: usize = 0;
let windowBytes: usize = 0;

/** Kinds of texts that are replaced, as bits. */
let replaced: u32 = 0;
/** The texts of a line that are to be replaced: kind, start, end. */
let plan: usize = 0;
let planned: u32 = 0;
/** Bytes by which the output of the line is longer than the line, at most. */
let longer: usize = 0;

/** Where the redaction stopped. */
let at: usize = 0;
let records: u32 = 0;
let secrets: u32 = 0;

/** Must be called first. Sets the hash key, the kinds to replace as bits, and the size of the tables of record keys. */
export function setUp(key0: u64, key1: u64, kindBits: u32, words: u32, multiplier: u32, shift: u32): void {
  setHashKey(key0, key1);
  replaced = kindBits;
  keys = WordFinder.make(words, multiplier, shift);
  kinds = allocate(words);
  classes = allocate(256);
  plan = allocate(MAX_PLANNED * 12);
  setUpOutput();
}

/** Where JavaScript writes the tables of {@link WordFinder}. */
export function wordTable(index: u32): usize {
  return keys.table(index);
}

/** Where JavaScript writes the kind of each key's text. */
export function kindsAt(): usize {
  return kinds;
}

/** Where JavaScript writes the classes of bytes. */
export function classesAt(): usize {
  return classes;
}

/** Room for a text to hash. */
export function scratchOf(capacity: usize): usize {
  if (capacity > scratchBytes) {
    scratch = allocate(capacity);
    scratchBytes = capacity;
  }
  return scratch;
}

/** Makes the window this large; its contents stay. */
export function windowOf(capacity: usize): usize {
  window = window === 0 ? allocate(capacity + SLACK) : reallocate(window, windowBytes + SLACK, capacity + SLACK);
  windowBytes = capacity;
  return window;
}

export function hash(start: usize, end: usize): u64 {
  return sipHash(start, end);
}

/** Empties the output and writes there what replaces a secret. */
export function replaceSecret(start: usize, end: usize): void {
  clearOutput();
  writeSecret(start, end);
}

export function outputAt(): usize {
  return outputStart;
}

export function outputEnd(): usize {
  return output;
}

export function position(): usize {
  return at;
}

/** Records, and secrets that were replaced in them, of the last {@link redact}. */
export function recordsRead(): u32 {
  return records;
}

export function secretsReplaced(): u32 {
  return secrets;
}

/** Redacts the lines in `start` … `stop`, the last of which ends at `stop`, from an empty output on. */
export function redact(start: usize, stop: usize): LineOutcome {
  clearOutput();
  records = 0;
  secrets = 0;
  at = start;
  // What is not replaced is copied at once, over several lines.
  let copied = start;
  while (at < stop) {
    const next = planLine(at);
    if (next === 0) {
      copy(copied, at);
      return LineOutcome.irregular;
    }
    if (next - copied + longer > room()) {
      copy(copied, at);
      // A line that is too long for the output is left to JavaScript, too.
      return at === start ? LineOutcome.irregular : LineOutcome.full;
    }
    for (let nth: u32 = 0; nth < planned; nth++) {
      const from = <usize>load<u32>(plan + nth * 12, 4);
      const to = <usize>load<u32>(plan + nth * 12, 8);
      copy(copied, from);
      copied = to;
      replaceText(<TextKind>load<u32>(plan + nth * 12), from, to);
    }
    records++;
    at = next;
  }
  copy(copied, at);
  return LineOutcome.done;
}

function replaceText(kind: TextKind, start: usize, end: usize): void {
  if (kind === TextKind.secret) secrets++;
  if (start === end) return;
  if (kind === TextKind.secret) writeSecret(start, end);
  else advance(replace(kind, start, end, output));
}

/**
 * Plans the replacements in a record in Ruby's layout on a line of its own. Returns where the next line starts; 0 if
 * the line is anything else. No loop passes a newline, with which the text ends.
 */
function planLine(start: usize): usize {
  planned = 0;
  longer = 0;
  if (load<u8>(start) !== OPEN_BRACE) return 0;
  let p = start + 1;
  while (true) {
    if (load<u8>(p) !== QUOTE) return 0;
    const key = keys.find(p + 1);
    if (key === 0) return 0;
    p += 1 + keys.length(key);
    p = load<u8>(p) === QUOTE ? afterText(<TextKind>load<u8>(kinds + key), p + 1) : afterValue(p);
    if (p === 0) return 0;
    const separator = load<u8>(p);
    if (separator === CLOSE_BRACE) break;
    if (separator !== COMMA) return 0;
    p += load<u8>(p, 1) === SPACE ? 2 : 1;
  }
  // A path that holds the end of a record would leave text after it.
  p++;
  if (load<u8>(p) === CR) p++;
  return load<u8>(p) === LF ? p + 1 : 0;
}

/** The position after the quote that ends a text; 0 if the text is not as Ruby writes it. */
function afterText(kind: TextKind, start: usize): usize {
  if (kind === TextKind.known) {
    const end = skip(start, ByteClass.known);
    return load<u8>(end) === QUOTE ? end + 1 : 0;
  }
  const end = endOfString(start);
  if (end === 0) return 0;
  if (((replaced >>> kind) & 1) === 0) return end + 1;
  if (planned === MAX_PLANNED) return 0;
  const entry = plan + planned++ * 12;
  store<u32>(entry, kind);
  store<u32>(entry, <u32>start, 4);
  store<u32>(entry, <u32>end, 8);
  longer += kind === TextKind.secret ? SECRET_BYTES : (end - start + 1) * NAME_FACTOR;
  return end + 1;
}

/** The position after a list, an object or a word; 0 if it contains bytes that Ruby does not write there. */
function afterValue(start: usize): usize {
  const first = load<u8>(start);
  if (first === OPEN_BRACKET || first === OPEN_BRACE) {
    const isList = first === OPEN_BRACKET;
    const end = skip(start + 1, isList ? ByteClass.list : ByteClass.flags);
    return load<u8>(end) === (isList ? CLOSE_BRACKET : CLOSE_BRACE) ? end + 1 : 0;
  }
  const end = skip(start, ByteClass.scalar);
  return end > start ? end : 0;
}

/** The first byte that is not of a class. */
@inline
function skip(start: usize, kind: ByteClass): usize {
  let p = start;
  while ((load<u8>(classes + load<u8>(p)) & <u8>kind) !== 0) p++;
  return p;
}
