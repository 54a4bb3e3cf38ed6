import { FlagKey, Key, Type } from './record-codes.ts';
import { WordTable } from './word-table.ts';

/** Codes whose names are no identifiers in the scanner's language. */
const RENAMED: Readonly<Record<string, string>> = { classAddress: 'class', hashDefault: 'default' };

/** The names of an enum, by their codes. */
function namesOf(codes: object): string[] {
  return Object.keys(codes).filter(name => !/^\d/.test(name));
}

/** As Ruby writes a name of several words. */
function inSnakeCase(name: string): string {
  return RENAMED[name] ?? name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

/** Key id → its name in the dump. */
export const KEY_NAMES: readonly string[] = namesOf(Key).map(inSnakeCase);
/** Type id → its name in the dump. */
export const TYPE_NAMES: readonly string[] = namesOf(Type);

export const KEYS = new WordTable(KEY_NAMES.map(name => `${name}":`));
export const TYPES = new WordTable(TYPE_NAMES.map(name => `${name}"`));
export const FLAG_KEYS = new WordTable(namesOf(FlagKey).map(name => `${inSnakeCase(name)}":`));
