import type { TextInput } from '../format.ts';
import { wholeText } from './lines.ts';

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Reads a whole JSON document; fails with an error that says where it is not valid. */
export async function readJson(input: TextInput): Promise<Json> {
  const text = await wholeText(input);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const within = documentWithin(text);
    if (within !== null) return within;
    const cut = !/[}\]]\s*$/.test(text);
    const why = error instanceof Error ? error.message : String(error);
    return input.fail(
      cut
        ? `The JSON document ends in the middle, after ${text.length} characters: the file was cut short.`
        : `This is not valid JSON: ${why}.`,
      cut
        ? 'Copy the file again, or take the profile again and wait until its program has ended.'
        : 'Take the profile again.',
    );
  }
}

/** The document in a text with lines of other programs before or after it; null if there is none. */
function documentWithin(text: string): Json | null {
  const start = /^[{[]/m.exec(text)?.index ?? 0;
  const end = Math.max(text.lastIndexOf('\n}'), text.lastIndexOf('}\n')) + 2;
  if (start === 0 && end >= text.trimEnd().length) return null;
  try {
    return JSON.parse(text.slice(start, end)) as Json;
  } catch {
    return null; // The error for the whole text is more helpful.
  }
}

/** Whether a value is an object with fields. */
export function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A finite number, or the fallback for any other value. */
export function numberOr(value: Json | undefined, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}

/** A string, or "" for any other value. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** An array, or an empty one for any other value. */
export function arrayOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
