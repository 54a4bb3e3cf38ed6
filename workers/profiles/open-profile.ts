import type { ByteSource } from '../files/byte-source.ts';
import { findBinaryLayer } from '../files/layers/find-layer.ts';
import { findLog, isOfProgram } from '../files/layers/find-log.ts';
import { type Layer, layerLabel } from '../files/layers/layer.ts';
import { LayeredSource } from '../files/layers/layered-source.ts';
import { ProblemError } from '../protocol/errors.ts';
import type { Bytes } from '../protocol/units.ts';
import type { ProfileFormat, TextInput } from './format.ts';
import { gcStat } from './memory-series/gc-stat.ts';
import type { Opened } from './model/profile.ts';
import { joined } from './reading/bytes.ts';
import { HEAD_BYTES, type Head, headOf } from './reading/head.ts';
import { formatOf, formatsInWords } from './registry.ts';
import { resemblance } from './resemblance.ts';

/** Callbacks while a file is being read. */
export interface ReadHooks {
  /** Called after each slice with the bytes of text read so far. Throws if the load was cancelled. */
  onProgress(textBytes: Bytes): void | Promise<void>;
}

/**
 * The format of a profile, report or series that begins with `head`; null if it is unknown. Pass at least 64 KiB of the
 * text, or all of it; a file that starts with a long log needs more, up to 1 MiB.
 */
export function sniffProfile(head: Uint8Array, name: string): ProfileFormat | null {
  return formatOf(headOf(head, name));
}

/**
 * Reads a profile, a report or a series. Throws a `ProblemError`: `not-a-dump` if the format is unknown,
 * `damaged-profile` if it is known, but the file cannot be used. Reads the source once, from its start.
 */
export async function openProfile(source: ByteSource, hooks: ReadHooks): Promise<Opened> {
  const { format, head, rest, slices, layers } = await begun(source);
  try {
    if (format === null) throw unknown(head);
    const input: TextInput = {
      name: source.name,
      fileBytes: source.fileBytes,
      head,
      slices: withProgress(head.bytes, rest, slices, hooks),
      fail: (message, advice) => {
        throw new ProblemError({
          code: 'damaged-profile',
          file: source.name,
          message: `${format.label}: ${message}`,
          advice,
        });
      },
    };
    const opened = await format.read(input);
    const { damage } = source.findings;
    const through = layers.length === 0 ? null : `Read through: ${layers.join(', ')}.`;
    return { ...opened, notes: [damage, through, ...opened.notes].filter(note => note !== null) };
  } finally {
    await slices.return?.(undefined);
  }
}

/** Maximum number of nested layers. */
const MAX_LAYERS = 3;

/** A text whose beginning was read. */
interface Begun {
  /** Null if the format is unknown. */
  format: ProfileFormat | null;
  head: Head;
  /** Bytes read beyond the head, and the slices after them. */
  rest: Uint8Array;
  slices: AsyncIterableIterator<Uint8Array>;
  /** The layers that contained the text, for display, outermost first. */
  layers: readonly string[];
}

/** Begins to read a text, removing logs and encodings around it. */
async function begun(source: ByteSource, layers: readonly string[] = []): Promise<Begun> {
  const slices = source.slices();
  const { bytes, rest } = await firstBytes(slices);
  const head = headOf(bytes, source.name);
  const binary = findBinaryLayer(bytes);
  const format = binary === null ? formatOf(head) : null;
  const layer = layers.length < MAX_LAYERS ? (binary ?? logAround(head, format)) : null;
  if (layer === null) return { format, head, rest, slices, layers };
  await slices.return?.(undefined);
  const within = await begun(new LayeredSource(source, layer), [...layers, layerLabel(layer)]);
  if (within.format !== null || format === null) return within;
  await within.slices.return?.(undefined);
  const again = source.slices();
  return { format, head, layers, slices: again, ...(await firstBytes(again)) };
}

/** The log that contains a text, unless the text should be read as it is. */
function logAround(head: Head, format: ProfileFormat | null): Layer | null {
  // The times of such a series are those of the log's lines.
  if (format === gcStat) return null;
  const log = findLog(head.text);
  // In a known format, indented or quoted lines may be part of the format.
  return format === null || (log !== null && isOfProgram(log)) ? log : null;
}

function unknown(head: Head): ProblemError {
  const like = resemblance(head);
  if (like !== null) {
    return new ProblemError({
      code: 'not-a-dump',
      file: head.name,
      message: `This cannot be opened; it looks like ${like.what}.`,
      advice: like.advice,
      looksLike: like.what,
    });
  }
  return new ProblemError({
    code: 'not-a-dump',
    file: head.name,
    message: 'This is not a heap dump, profile, report or series that Heapscape knows.',
    advice: `What it opens: ${formatsInWords()}.`,
  });
}

/** Reads the head; bytes beyond it are returned in `rest`. */
async function firstBytes(
  slices: AsyncIterator<Uint8Array>,
): Promise<{ bytes: Uint8Array; rest: Uint8Array }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const { value, done } = await slices.next();
    if (done) break;
    parts.push(value.slice());
    length += value.length;
  }
  const all = joined(parts, length);
  return { bytes: all.subarray(0, HEAD_BYTES), rest: all.subarray(HEAD_BYTES) };
}

async function* withProgress(
  head: Uint8Array,
  rest: Uint8Array,
  slices: AsyncIterableIterator<Uint8Array>,
  hooks: ReadHooks,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  async function* all(): AsyncGenerator<Uint8Array> {
    yield head;
    yield rest;
    yield* slices;
  }
  for await (const slice of all()) {
    if (slice.length === 0) continue;
    yield slice;
    read += slice.length;
    await hooks.onProgress(read);
  }
}
