import { constants, deflateRawSync } from 'node:zlib';
import { GzipReader } from '../../files/gzip/gzip-reader.ts';
import { GzipSource } from '../../files/gzip/gzip-source.ts';
import { MemberSearch } from '../../files/gzip/member-search.ts';
import { RestartPoints } from '../../files/gzip/restart-points.ts';
import { wholeOf } from '../../files/gzip/stored-part.ts';
import type { StoredBytes } from '../../files/stored-bytes.ts';
import { oracleGunzip, trailerOf } from './oracle-gunzip.ts';
import { Random } from './random.ts';

/** The counts of {@link gzipFuzz}, and the first input that was read incorrectly. */
export interface GzipFuzzResult {
  /** Number of sound files. Each was read as a whole, in random pieces, and again from its restart points. */
  files: number;
  textBytes: number;
  /** Number of damaged files. */
  damaged: number;
  /** Number of damaged files with several members in which the text after the damage was found. */
  mended: number;
  /** Null if there was no failure; otherwise the seed of the round, and a description. */
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
/** The most text that the bits of one byte can encode: symbols of one bit, each the longest match. */
const TEXT_OF_A_BYTE = 8 * 258;

/**
 * Compares the gzip reader with `node:zlib` on random files: with one or more members, blocks of every kind, flushes
 * anywhere, all header fields, and zeros at the end; read as a whole, in random pieces, from every restart point, and
 * with random damage. The reader must report damage, and return all text that zlib returns before it, in any pieces;
 * and the members after it, where it continues. The same seed gives the same files. Stops at the first failure. About
 * 25 ms per round.
 */
export async function gzipFuzz(seed: number, rounds: number): Promise<GzipFuzzResult> {
  const result: GzipFuzzResult = { files: 0, textBytes: 0, damaged: 0, mended: 0, failure: null };
  for (let round = 0; round < rounds && result.failure === null; round++) {
    const random = new Random(seed + round);
    const made = randomFile(random);
    result.files++;
    result.textBytes += made.text.length;
    const what =
      (await wholeFault(made, random)) ??
      (await damageFault(made.file, random, result)) ??
      (await mendFault(made, random, result));
    if (what !== null) result.failure = { seed: seed + round, what, file: made.file };
  }
  return result;
}

interface MadeFile {
  file: Uint8Array;
  text: Uint8Array;
  /** Its members in order; `start`: position in the file. */
  members: { start: number; headerBytes: number; file: Uint8Array; text: Uint8Array }[];
}

function randomFile(random: Random): MadeFile {
  const count = random.chance(0.5) ? 1 : random.below(6) + 1;
  const members: MadeFile['members'] = [];
  for (let start = 0; members.length < count; start += members.at(-1)!.file.length) {
    const text = randomText(random);
    const head = header(random);
    const file = joined([head, deflated(text, random), trailerOf(text)]);
    members.push({ start, headerBytes: head.length, file, text });
  }
  const zeros = new Uint8Array(random.chance(0.2) ? random.below(600) : 0);
  return {
    file: joined([...members.map(({ file }) => file), zeros]),
    text: joined(members.map(({ text }) => text)),
    members,
  };
}

/** Text like that of a dump, with noise and runs, in all sizes up to several reads of the reader. */
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

/** A deflate stream in flushed pieces, as pigz and log shippers write them; later pieces may refer to earlier ones. */
function deflated(text: Uint8Array, random: Random): Uint8Array {
  const pieces: Uint8Array[] = [];
  const average = random.chance(0.3) ? text.length + 1 : random.below(60_000) + 1;
  for (let at = 0; ; ) {
    const end = Math.min(text.length, at + random.below(average * 2) + (random.chance(0.1) ? 0 : 1));
    const isLast = end === text.length;
    const dictionary = text.subarray(Math.max(0, at - WINDOW_BYTES), at);
    const piece = deflateRawSync(text.subarray(at, end), {
      level: random.below(10),
      windowBits: random.chance(0.5) ? 15 : random.between(9, 15),
      memLevel: random.below(9) + 1,
      strategy: random.pick(STRATEGIES),
      finishFlush: isLast ? constants.Z_FINISH : random.pick(FLUSHES),
      ...(dictionary.length > 0 && random.chance(0.7) ? { dictionary } : {}),
    });
    pieces.push(piece);
    if (isLast) return joined(pieces);
    // An empty stored block, which is what a flush without data writes.
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
    bytes.push(...trailerOf(Uint8Array.from(bytes)).subarray(0, 2));
  }
  return Uint8Array.from(bytes);
}

/** A fault in reading a sound file; null if there is none. */
async function wholeFault({ file, text }: MadeFile, random: Random): Promise<string | null> {
  for (const most of [Number.POSITIVE_INFINITY, 1 << random.below(18), random.below(5000) + 1]) {
    // Reading a large file byte by byte would take too long.
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
    // One at a time, last one first, so that the reader has to go back to a point for each.
    for (const range of ranges.toReversed()) {
      const [piece] = await source.read([range]);
      const expected = text.subarray(range.offset, range.offset + range.length);
      if (Buffer.compare(piece!, expected) !== 0)
        return `other text from a restart point, at ${range.offset}`;
    }
  }
  return null;
}

/** A file with some bits changed, some bytes removed or inserted, or cut. */
function damagedFile(file: Uint8Array, random: Random): Uint8Array {
  const wrong = random.chance(0.3) ? file.slice(0, random.below(file.length) + 1) : file.slice();
  for (let changes = random.below(3); changes >= 0; changes--) {
    wrong[random.below(wrong.length)]! ^= 1 << random.below(8);
  }
  if (random.chance(0.8)) return wrong;
  const at = random.below(wrong.length);
  const lost = random.below(100);
  return joined([
    wrong.subarray(0, at),
    wrong.subarray(at + lost),
    new Uint8Array(random.below(30)).fill(0x20),
  ]);
}

/** A fault in reading a file with random damage; null if there is none. */
async function damageFault(file: Uint8Array, random: Random, result: GzipFuzzResult): Promise<string | null> {
  const wrong = damagedFile(file, random);
  if (wrong.length === 0) return null;
  result.damaged++;
  const { text, damage, notes } = await textOf(
    new GzipReader(
      storedIn(wrong, () => 1 << 20),
      null,
    ),
  );
  const most = random.below(wrong.length) + 1;
  const inPieces = await textOf(
    new GzipReader(
      storedIn(wrong, () => most),
      null,
    ),
  );
  if (inPieces.damage !== damage) return `other damage, read by ${most}: ${inPieces.damage}, not ${damage}`;
  if (Buffer.compare(inPieces.text, text) !== 0) return `other text of a damaged file, read by ${most}`;
  const oracle = oracleGunzip(wrong);
  if (damage === null) {
    // Text after a whole stream is left out and noted.
    const isSaid = notes.some(note => note.includes('after the gzip stream'));
    if (!oracle.isWhole && !isSaid) return 'nothing said of a file that zlib finds damaged';
    if (Buffer.compare(text, oracle.text) !== 0) return 'other text than zlib, and nothing said';
    return null;
  }
  if (damage.includes('checksum')) {
    // The text ends with a member whose checksum is wrong.
    const isStart = Buffer.compare(text, oracle.text.subarray(0, text.length)) === 0;
    return isStart ? null : 'other text than zlib before a wrong checksum';
  }
  if (Buffer.compare(text.subarray(0, oracle.text.length), oracle.text) !== 0)
    return 'less text than zlib before damage';
  const more = damage.includes('cut short') ? 0 : TEXT_OF_A_BYTE;
  return text.length <= oracle.text.length + more ? null : 'text behind damage';
}

/** A fault in reading on after damage in one of the members; null if there is none. */
async function mendFault(
  { file, members }: MadeFile,
  random: Random,
  result: GzipFuzzResult,
): Promise<string | null> {
  if (members.length < 2) return null;
  const which = random.below(members.length - 1);
  const { start, headerBytes, file: member } = members[which]!;
  const wrong = file.slice();
  const from = start + headerBytes;
  const bytes = Math.min(random.below(400) + 1, member.length - headerBytes);
  for (let at = from; at < from + bytes; at++) wrong[at] = random.below(256);
  const before = joined(members.slice(0, which).map(({ text }) => text));
  const behind = joined(members.slice(which + 1).map(({ text }) => text));
  const stored = storedIn(wrong, () => 1 << 20);
  const points = new RestartPoints(random.below(60_000) + 1);
  const { text, damage } = await textOf(new GzipReader(stored, points, new MemberSearch(stored)));
  if (damage === null) {
    // Padding bits, such as those before a stored block, may have any value: then the file is still sound.
    const oracle = oracleGunzip(wrong);
    const isWhole = oracle.isWhole && Buffer.compare(text, oracle.text) === 0;
    return isWhole ? null : 'nothing said of a damaged member';
  }
  if (Buffer.compare(text.subarray(0, before.length), before) !== 0)
    return 'other text before a damaged member';
  const end = text.subarray(Math.max(0, text.length - behind.length));
  if (Buffer.compare(end, behind) !== 0) return `other text behind a damaged member: ${damage}`;
  const lineEnd = text[text.length - behind.length - 1] ?? 0x0a;
  if (damage.includes('goes on') && lineEnd !== 0x0a) return 'a line that goes on behind damage';
  result.mended++;
  const source = new GzipSource(wholeOf(stored));
  source.learn({ damage, notes: [], restartPoints: points.all });
  for (let reads = 0; reads < 4; reads++) {
    const offset = random.below(text.length + 1);
    const [piece] = await source.read([{ offset, length: 2000 }]);
    if (Buffer.compare(piece!, text.subarray(offset, offset + 2000)) !== 0) {
      return `other text of a damaged file when it is read again, at ${offset}`;
    }
  }
  return null;
}

/** All text that a reader returns, and the reported damage. */
async function textOf(
  reader: GzipReader,
): Promise<{ text: Uint8Array; damage: string | null; notes: readonly string[] }> {
  const pieces: Uint8Array[] = [];
  for (let piece = await reader.next(); piece !== null; piece = await reader.next())
    pieces.push(piece.slice());
  return { text: joined(pieces), damage: reader.damage, notes: reader.notes };
}

/** Bytes as a file whose reads return a limited number of bytes. */
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
