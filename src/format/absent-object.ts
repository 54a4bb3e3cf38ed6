import { oneLine } from './names.ts';

/** Says that the dump has no object of this address, or of this other text by which it was looked for. */
export function absentObject(text: string): string {
  return `There is no object ${/^0x/i.test(text.trim()) ? 'at ' : ''}${oneLine(text.trim())} in this dump.`;
}
