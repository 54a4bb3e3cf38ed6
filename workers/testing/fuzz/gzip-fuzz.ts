import { constants, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import { GzipReader } from '../../files/gzip/gzip-reader.ts';
import { GzipSource } from '../../files/gzip/gzip-source.ts';
import { RestartPoints } from '../../files/gzip/restart-points.ts';
import { wholeOf } from '../../files/gzip/stored-part.ts';
import type { StoredBytes } from '../../files/stored-bytes.ts';
import { Random } from './random.ts';

/** What {@link gzipFuzz} did, and the first input that was read wrong. */
export interface GzipFuzzResult {
  /** Whole files that were read, each as a whole, in random pieces, and again from its restart points. */
  files: number;
  textBytes: number;
  /** Files with damage. */
  damaged: number;
  /** Null if all went well; else the seed of the round, and what was wrong. */
  failure: { seed: number; what: string; file: Uint8Array } | null;
}

const STRATEGIES = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_FILTERED,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
  constants.Z_FIXED,
];
const FLUSHES = [constants.Z_SYNC_FLUSH, constants.Z_FULL_FLUSH];
const WINDOW_BYTES = 32768;

/**
 * Compares the gzip reader with `node:zlib` on random files: of one or many members, with blocks of every kind, flushed
 * anywhere, with every header field, with zeros behind them; read as a whole, in random pieces, from every restart
 * point, and with random damage. Of a damaged file it must never give other text than zlib without saying so. The same
 * seed gives the same files. Stops at the first failure.
 */
export async function gzipFuzz(seed: number, rounds: number): Promise<GzipFuzzResult> {
  const result: GzipFuzzResult = { files: 0, textBytes: 0, damaged: 0, failure: null };
  for (let round = 0; round < rounds && result.failure === null; round++) {
    const random = new Random(seed + round);
    const made = randomFile(random);
    result.files++;
    result.textBytes += made.text.length;
    const what = (await wholeFault(made, random)) ?? (await damageFault(made.file, random, result));
    if (what !== null) result.failure = { seed: seed + round, what, file: made.file };
  }
  return result;
}

interface MadeFile {
  file: Uint8Array;
  text: Uint8Array;
}

function randomFile(random: Random): MadeFile {
  const members = random.chance(0.5) ? 1 : random.below(6) + 1;
  const files: Uint8Array[] = [];
  const texts: Uint8Array[] = [];
  for (let member = 0; member < members; member++) {
    const text = randomText(random);
    files.push(header(random), deflated(text, random), trailer(text));
    texts.push(text);
  }
  if (random.chance(0.2)) files.push(new Uint8Array(random.below(600)));
  return { file: joined(files), text: joined(texts) };
}

/** Text like that of a dump, noise, and runs, of all sizes up to some reads of the reader. */
function randomText(random: Random): Uint8Array {
  const length = Math.floor(2 ** (random.next() * 19)) - 1;
  const text = new Uint8Array(length);
  const noise = random.next() ** 2;
  for (let at = 0; at < length; ) {
    const count = Math.min(length - at, random.below(400) + 1);
    if (at > 0 && !random.chance(noise)) {
      const from = Math.max(0, at - random.below(Math.min(at, WINDOW_BYTES)) - 1);
      for (let i = 0; i < count; i++) text[at + i] = text[from + i]!;
    } else for (let i = 0; i < count; i++) text[at + i] = random.below(256);
    at += count;
  }
  return text;
}

/** A deflate stream in pieces, each flushed, as pigz and log shippers write them; later pieces refer to earlier ones. */
function deflated(text: Uint8Array, random: Random): Uint8Array {
  const pieces: Uint8Array[] = [];
  const average = random.chance(0.3) ? text.length + 1 : random.below(60_000) + 1;
  for (let at = 0; ; ) {
    const end = Math.min(text.length, at + random.below(average * 2) + (random.chance(0.1) ? 0 : 1));
    const isLast = end === text.length;
    const dictionary = text.subarray(Math.max(0, at - WINDOW_BYTES), at);
    const piece = deflateRawSync(text.subarray(at, end), {
      level: random.below(10),
      memLevel: random.below(9) + 1,
      strategy: random.pick(STRATEGIES),
      finishFlush: isLast ? constants.Z_FINISH : random.pick(FLUSHES),
      ...(dictionary.length > 0 && random.chance(0.7) ? { dictionary } : {}),
    });
    pieces.push(piece);
    if (isLast) return joined(pieces);
    // An empty stored block, which a flush with nothing to write is.
    if (random.chance(0.1)) pieces.push(Uint8Array.of(0, 0, 0, 0xff, 0xff));
    at = end;
  }
}

function header(random: Random): Uint8Array {
  const flags = random.chance(0.5) ? 0 : random.below(16) << 1;
  const bytes = [0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3];
  if ((flags & 4) !== 0) {
    const extra = random.below(300);
    bytes.push(extra & 255, extra >>> 8, ...Array.from({ length: extra }, () => random.below(256)));
  }
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    bytes.push(...Array.from({ length: random.below(40) }, () => random.below(255) + 1), 0);
  }
  if ((flags & 2) !== 0) {
    bytes.push(...trailer(Uint8Array.from(bytes)).subarray(0, 2));
  }
  return Uint8Array.from(bytes);
}

/** CRC-32 and length of a text, as a member ends with them. */
function trailer(text: Uint8Array): Uint8Array {
  return gzipSync(text, { level: 0 }).subarray(-8);
}

/** What is wrong with how a whole file is read; null if nothing is. */
async function wholeFault({ file, text }: MadeFile, random: Random): Promise<string | null> {
  for (const most of [Number.POSITIVE_INFINITY, 1 << random.below(18), random.below(5000) + 1]) {
    // A byte at a time would take long for a large file.
    if (file.length / most > 20_000) continue;
    const stored = storedIn(file, () => most);
    const points = new RestartPoints(random.below(60_000) + 1);
    const read = await textOf(new GzipReader(stored, points));
    if (read.notes.length > 0) return `a note on a sound file: ${read.notes[0]}`;
    if (read.damage !== null) return `damage in a sound file, read by ${most}: ${read.damage}`;
    if (Buffer.compare(read.text, text) !== 0) return `other text, read by ${most}`;
    const source = new GzipSource(wholeOf(stored));
    source.learn({ damage: null, notes: [], restartPoints: points.all });
    const ranges = [...points.all.map(point => point.textOffset), random.below(text.length + 1)].map(
      offset => ({
        offset,
        length: random.below(3000),
      }),
    );
    // One by one and from the back, so that the reader goes back to a point for each.
    for (const range of ranges.toReversed()) {
      const [piece] = await source.read([range]);
      const expected = text.subarray(range.offset, range.offset + range.length);
      if (Buffer.compare(piece!, expected) !== 0)
        return `other text from a restart point, at ${range.offset}`;
    }
  }
  return null;
}

/** What is wrong with how a file with random damage is read. */
async function damageFault(file: Uint8Array, random: Random, result: GzipFuzzResult): Promise<string | null> {
  const wrong = random.chance(0.3) ? file.slice(0, random.below(file.length + 1)) : file.slice();
  if (wrong.length === 0) return null;
  for (let changes = random.below(3); changes >= 0; changes--) {
    wrong[random.below(wrong.length)]! ^= 1 << random.below(8);
  }
  result.damaged++;
  const stored = storedIn(wrong, () => random.below(200_000) + 1);
  const { text, damage } = await textOf(new GzipReader(stored, null));
  const theirs = byZlib(wrong);
  if (damage === null && theirs !== null && Buffer.compare(text, theirs) !== 0) {
    return 'other text than zlib of a damaged file, and nothing said';
  }
  return null;
}

function byZlib(file: Uint8Array): Uint8Array | null {
  try {
    return gunzipSync(file);
  } catch {
    return null; // What it finds wrong it says in its own words.
  }
}

/** All text that a reader gives, and why it ends too early. */
async function textOf(
  reader: GzipReader,
): Promise<{ text: Uint8Array; damage: string | null; notes: readonly string[] }> {
  const pieces: Uint8Array[] = [];
  for (let piece = await reader.next(); piece !== null; piece = await reader.next())
    pieces.push(piece.slice());
  return { text: joined(pieces), damage: reader.damage, notes: reader.notes };
}

/** Bytes as a file of which each read gives at most so many. */
export function storedIn(bytes: Uint8Array, most: () => number): StoredBytes {
  return {
    name: 'test.json.gz',
    length: bytes.length,
    read: async (offset, length) => bytes.slice(offset, offset + Math.min(length, most())),
    inOrder: () => null,
  };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}
