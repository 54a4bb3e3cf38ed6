import type { TextInput } from '../format.ts';
import { wholeText } from './lines.ts';

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Reads a whole JSON document; ends with an error that says where it stops being one. */
export async function readJson(input: TextInput): Promise<Json> {
  const text = await wholeText(input);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
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

/** Whether a value is an object with fields. */
export function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A number, or a fallback for everything else. */
export function numberOr(value: Json | undefined, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}

/** A text, or "" for everything else. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** An array, or an empty one for everything else. */
export function arrayOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
