import type { Slot } from './heap-layout.ts';
import type { Age, RecordText, Site } from './record-text.ts';
import { type RubyFormat, sizeClassOf } from './ruby-format.ts';

/** When and where an object was allocated. `site` is null if allocations were not traced. */
export interface Birth {
  site: Site | null;
  generation: number;
  age: Age;
}

/** For objects from before tracing began. */
export const AT_BOOT: Birth = { site: null, generation: 0, age: 'old' };

/** A string's value: its text in the dump, and its length in memory. */
export interface Value {
  /** Escaped; null if Ruby writes no value, because it is not ASCII. */
  json: string | null;
  bytes: number;
}

/** The length of the longest string that fits into a slot together with its header and a final NUL. */
export function embeddedBytes(format: RubyFormat, slotBytes: number): number {
  // Up to Ruby 3.1 the length of an embedded string is kept in its flags.
  return slotBytes - (format.version === '3.1' ? 2 : 3) * format.wordBytes - 1;
}

export function writeString(
  record: RecordText,
  slot: Slot,
  klass: Slot,
  value: Value,
  birth: Birth,
  fstring = false,
): void {
  const { format } = record;
  record.begin(slot, 'STRING', fstring ? 1 : 0, klass);
  const embedded = value.bytes <= embeddedBytes(format, record.slotBytes);
  if (fstring) record.yes('frozen');
  if (embedded) record.yes('embedded');
  if (fstring) record.yes('fstring');
  record.number('bytesize', value.bytes);
  if (value.json !== null) record.string('value', value.json);
  record.string('encoding', 'UTF-8');
  if (format.version !== '3.1') record.string('coderange', value.json === null ? 'valid' : '7bit');
  finish(record, embedded ? 0 : value.bytes + 1, birth);
}

/** `length` also counts immediates, which are not references. */
export function writeArray(
  record: RecordText,
  slot: Slot,
  klass: Slot,
  references: ArrayLike<Slot>,
  birth: Birth,
  length = references.length,
): void {
  const { wordBytes } = record.format;
  record.begin(slot, 'ARRAY', 0, klass);
  const embedded = (length + 2) * wordBytes <= record.slotBytes;
  record.number('length', length);
  if (embedded) record.yes('embedded');
  record.references(references);
  finish(record, embedded ? 0 : length * wordBytes, birth);
}

/** `references`: alternating keys and values, without immediates. */
export function writeHash(
  record: RecordText,
  slot: Slot,
  klass: Slot,
  entries: number,
  references: ArrayLike<Slot>,
  birth: Birth,
): void {
  record.begin(slot, 'HASH', 0, klass).number('size', entries).references(references);
  // Up to eight entries are in the slot itself, if slots are large enough.
  finish(record, record.format.version === '3.1' && entries > 0 ? 128 : 0, birth);
}

export function writeObject(
  record: RecordText,
  slot: Slot,
  klass: Slot,
  shape: number,
  variables: number,
  references: ArrayLike<Slot>,
  birth: Birth,
): void {
  const { version, wordBytes } = record.format;
  record.begin(slot, 'OBJECT', shape, klass);
  const embedded = (variables + 2) * wordBytes <= record.slotBytes;
  // Ruby 3.1 writes the capacity for variables, which is three in the slot, and does not write `embedded`.
  const writtenVariables = version === '3.1' ? Math.max(3, variables) : variables;
  if (embedded && version !== '3.1') record.yes('embedded');
  record.number('ivars', writtenVariables).references(references);
  finish(record, embedded ? 0 : variables * wordBytes, birth);
}

export function writeStruct(
  record: RecordText,
  slot: Slot,
  klass: Slot,
  members: number,
  references: ArrayLike<Slot>,
  birth: Birth,
): void {
  const { wordBytes } = record.format;
  record.begin(slot, 'STRUCT', 0, klass).references(references);
  finish(record, (members + 2) * wordBytes <= record.slotBytes ? 0 : members * wordBytes, birth);
}

export function writeFloat(record: RecordText, slot: Slot, klass: Slot, value: string, birth: Birth): void {
  record.begin(slot, 'FLOAT', 1, klass).yes('frozen').string('value', value);
  finish(record, 0, birth);
}

export function writeData(
  record: RecordText,
  slot: Slot,
  klass: Slot | null,
  struct: string,
  references: ArrayLike<Slot>,
  outsideBytes: number,
  birth: Birth,
): void {
  record.begin(slot, 'DATA', 0, klass).string('struct', struct).references(references);
  finish(record, outsideBytes, birth);
}

/**
 * An internal object. `hidden` is the word that Ruby 3.1 interprets as its class: it writes no class, and leaves it out
 * of the references; later Rubies list it there. Null if there is none.
 */
export function writeImemo(
  record: RecordText,
  slot: Slot,
  kind: string,
  hidden: Slot | null,
  references: readonly Slot[],
  outsideBytes: number,
  birth: Birth,
): void {
  const asClass = record.format.version === '3.1';
  record.begin(slot, 'IMEMO', 0, asClass ? hidden : null).string('imemo_type', kind);
  record.references(asClass || hidden === null ? references : [hidden, ...references]);
  finish(record, outsideBytes, birth);
}

function finish(record: RecordText, outsideBytes: number, birth: Birth): void {
  if (birth.site !== null) record.allocation(birth.site, birth.generation);
  record.end(outsideBytes, birth.age);
}

/** The size class of the slot that Ruby uses for an array, an object or a struct with this many values. */
export function sizeClassForValues(format: RubyFormat, values: number): number {
  const words = values + 2;
  const largest = format.slotBytes.at(-1)!;
  return words * format.wordBytes <= largest ? sizeClassOf(format, words) : 0;
}
