import { oneLine } from './names.ts';

/** Says that the dump has no object at this address or for this text. */
export function absentObject(text: string): string {
  return `There is no object ${/^0x/i.test(text.trim()) ? 'at ' : ''}${oneLine(text.trim())} in this dump.`;
}
