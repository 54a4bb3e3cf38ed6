import type { Bytes } from '../protocol/units.ts';
import type { ByteSource } from './byte-source.ts';

/** A text from its start: its beginning, and all of it in slices, each of which is valid until the next one. */
export interface OpenedText {
  head: Uint8Array;
  slices: AsyncIterableIterator<Uint8Array>;
}

/** Length of the beginning by which the kind of a text is determined; shorter only if the text is. */
export const HEAD_BYTES: Bytes = 1 << 20;

/** Begins to read a text. The slices that make up the head are returned again by `slices`. */
export async function openText(source: ByteSource): Promise<OpenedText> {
  const rest = source.slices();
  try {
    let { value: first = new Uint8Array(0), done } = await rest.next();
    // A slice is valid only until the next one: small ones are gathered.
    while (first.length < HEAD_BYTES && !done) {
      const gathered = first.slice();
      const next = await rest.next();
      done = next.done;
      first = concatenated(gathered, next.value ?? new Uint8Array(0));
    }
    return { head: first.slice(0, HEAD_BYTES), slices: withFirst(first, rest) };
  } catch (error) {
    await rest.return?.(undefined);
    throw error;
  }
}

async function* withFirst(
  first: Uint8Array,
  rest: AsyncIterableIterator<Uint8Array>,
): AsyncIterableIterator<Uint8Array> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return?.(undefined);
  }
}

/** Stops reading a text that is no longer needed, including reading ahead. */
export async function closeText(text: OpenedText): Promise<void> {
  // A generator that has not started does not run its `finally`.
  await text.slices.next();
  await text.slices.return?.(undefined);
}

/** Concatenates two pieces. */
export function concatenated(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
