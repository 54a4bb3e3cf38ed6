import { FlagKey, Key, Type } from './record-codes.ts';
import { WordTable } from './word-table.ts';

/** Keys whose names are not valid identifiers in AssemblyScript. */
const RENAMED: Readonly<Record<string, string>> = { classAddress: 'class', hashDefault: 'default' };

/** The names of an enum's members, by value. */
function namesOf(codes: object): string[] {
  return Object.keys(codes).filter(name => !/^\d/.test(name));
}

/** The name as Ruby writes it, in snake case. */
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
