import type { SnapshotBuilder } from '../../model/snapshot-builder.ts';
import { Byte } from './bytes.ts';
import { DumpFeatures } from './dump-features.ts';
import { Irregularities } from './irregularities.ts';
import { Field, RecordFields } from './record-fields.ts';
import { Type } from './record-keys.ts';
import { RecordRepairer } from './record-repairer.ts';
import { RecordScanner } from './record-scanner.ts';
import { RecordWriter } from './record-writer.ts';

/** Readable bytes that must follow the last record in a buffer: texts of flags are compared at their full length. */
export const LOOK_AHEAD = 192;
/** A record that a newline in a path cut in two continues within so many lines and bytes. */
const MAX_JOINED_LINES = 8;
const MAX_JOINED_BYTES = 1 << 20;

const RECORD_STARTS = ['{"address":"0x', '{"type":"ROOT"'].map(text => new TextEncoder().encode(text));

/**
 * Cuts bytes into records and sees to each: well-formed ones, which are nearly all, in one pass; the others with
 * the lenient reader, over several lines if need be. What can be read by neither is counted and noted.
 */
export class DumpReader {
  readonly features = new DumpFeatures();
  readonly irregularities = new Irregularities();
  readonly #builder: SnapshotBuilder;
  readonly #fields = new RecordFields();
  readonly #scanner: RecordScanner;
  readonly #repairer: RecordRepairer;
  readonly #writer: RecordWriter;
  /** Line being read, from 1. */
  #line = 1;

  constructor(builder: SnapshotBuilder) {
    this.#builder = builder;
    this.#scanner = new RecordScanner(builder, this.#fields, this.features);
    this.#repairer = new RecordRepairer(builder, this.#fields);
    this.#writer = new RecordWriter(builder, this.#fields);
  }

  /** Lines passed so far. */
  get lines(): number {
    return this.#line - 1;
  }

  /**
   * Reads the records that start in `start` … `stop`, where `start` is the start of a line. Bytes up to `end` may
   * be looked at, and {@link LOOK_AHEAD} bytes behind it must be readable. `offset` is that of `bytes[0]` in the
   * text. Returns where it stopped: at or behind `stop`, or before it at a record for which it needs to see more
   * than the bytes up to `end`; never that if these are the `last`.
   */
  read(bytes: Uint8Array, start: number, stop: number, end: number, offset: number, last: boolean): number {
    const scanner = this.#scanner;
    const builder = this.#builder;
    scanner.setBuffer(bytes);
    let at = start;
    while (at < stop) {
      const first = bytes[at];
      if (first === Byte.lf) {
        at++;
        this.#line++;
        continue;
      }
      if (first === Byte.openBrace) {
        const firstReference = builder.referenceCount;
        const next = scanner.record(at);
        if (next >= 0 && next <= end && !this.#lacksMemsize()) {
          this.#write(firstReference, bytes, at, next, offset);
          this.#line++;
          at = next;
          continue;
        }
        builder.referenceCount = firstReference;
      }
      const next = this.#irregular(bytes, at, end, offset, last);
      if (next < 0) return at;
      at = next;
    }
    return at;
  }

  #write(firstReference: number, bytes: Uint8Array, start: number, end: number, offset: number): boolean {
    const values = this.#fields.values;
    if (values[Field.type] === Type.other && values[Field.otherType] === 0) {
      this.#builder.referenceCount = firstReference;
      if (values[Field.hasAddress] === 0)
        this.irregularities.foreign(this.#line, offset + start, bytes, start, end);
      else this.#skip('it has no type', bytes, start, end, offset);
      return false;
    }
    if (this.#fields.memsize > Number.MAX_SAFE_INTEGER) {
      this.#builder.referenceCount = firstReference;
      this.#skip('its memsize is larger than any memory', bytes, start, end, offset);
      return false;
    }
    if (this.#fields.memsize >= 0) this.features.memsize = true;
    const written = this.#writer.write(firstReference, offset + start);
    if (written === 'duplicate') this.#skip('another record has the same address', bytes, start, end, offset);
    else if (written === 'no address')
      this.#skip('its address is missing or not aligned', bytes, start, end, offset);
    return written !== 'duplicate' && written !== 'no address';
  }

  /** The record ends too early: a path can hold what looks like a record's end. Only zombies have no memsize. */
  #lacksMemsize(): boolean {
    const type = this.#fields.values[Field.type]!;
    const sized = type === Type.other || (type > Type.NONE && type !== Type.ZOMBIE);
    return sized && this.#fields.memsize < 0 && this.features.memsize;
  }

  #skip(reason: string, bytes: Uint8Array, start: number, end: number, offset: number): void {
    this.irregularities.skipped(this.#line, offset + start, reason, bytes, start, end);
  }

  /** A line that is no well-formed record. The position behind what was made of it, or -1 if more is needed. */
  #irregular(bytes: Uint8Array, at: number, end: number, offset: number, last: boolean): number {
    const lineEnd = endOfLine(bytes, at, end);
    if (lineEnd === end && !last) return -1;
    const textEnd = withoutCarriageReturn(bytes, at, lineEnd);
    if (textEnd === at) return this.#nextLine(lineEnd, end);
    if (bytes[at] !== Byte.openBrace || bytes[at + 1] !== Byte.quote) {
      return this.#foreign(bytes, at, textEnd, lineEnd, end, offset);
    }

    const firstReference = this.#builder.referenceCount;
    const alone = this.#repairer.read(bytes, at, textEnd);
    const ended = alone.complete && !this.#lacksMemsize();
    if (ended && alone.usable) {
      this.#keepRepaired(firstReference, alone.damage, bytes, at, textEnd, offset);
      return this.#nextLine(lineEnd, end);
    }
    this.#builder.referenceCount = firstReference;

    // Another record on the same line: this one was cut where that begins.
    const inner = findRecordStart(bytes, at + 1, lineEnd);
    if (inner >= 0) {
      this.#piece(bytes, at, inner, offset, 'it is cut off where another record begins');
      return inner;
    }
    if (!ended) {
      const joined = this.#joinLines(bytes, at, lineEnd, end, offset, last);
      if (joined !== 0) return joined;
    }
    this.#piece(bytes, at, textEnd, offset, alone.damage ?? 'it has neither address nor type');
    if (last && lineEnd + 1 >= end && !alone.complete) this.irregularities.report.truncated = true;
    return this.#nextLine(lineEnd, end);
  }

  /** Keeps a piece of a record if it says enough, or counts it as skipped. */
  #piece(bytes: Uint8Array, start: number, end: number, offset: number, reason: string): void {
    const firstReference = this.#builder.referenceCount;
    const piece = this.#repairer.read(bytes, start, end);
    if (piece.usable) {
      this.#keepRepaired(firstReference, piece.damage, bytes, start, end, offset);
      return;
    }
    this.#builder.referenceCount = firstReference;
    const values = this.#fields.values;
    const isRecord = values[Field.hasAddress] === 1 || values[Field.type] !== Type.other;
    if (isRecord || !piece.complete) this.#skip(reason, bytes, start, end, offset);
    else this.irregularities.foreign(this.#line, offset + start, bytes, start, end);
  }

  #keepRepaired(
    firstReference: number,
    damage: string | null,
    bytes: Uint8Array,
    start: number,
    end: number,
    offset: number,
  ): void {
    const kept = this.#write(firstReference, bytes, start, end, offset);
    if (kept && damage !== null)
      this.irregularities.rescued(this.#line, offset + start, damage, bytes, start, end);
  }

  /**
   * A record that goes on in the next lines, because a path has a newline: the position behind it; 0 if it does
   * not go on; -1 if more bytes are needed to tell.
   */
  #joinLines(
    bytes: Uint8Array,
    at: number,
    firstEnd: number,
    end: number,
    offset: number,
    last: boolean,
  ): number {
    let lineEnd = firstEnd;
    for (let lines = 2; lines <= MAX_JOINED_LINES && lineEnd - firstEnd < MAX_JOINED_BYTES; lines++) {
      const next = lineEnd + 1;
      if (next + RECORD_STARTS[0]!.length > end && !last) return -1;
      if (next >= end || RECORD_STARTS.some(text => startsWith(bytes, next, text))) return 0;
      lineEnd = endOfLine(bytes, next, end);
      if (lineEnd === end && !last) return -1;
      const textEnd = withoutCarriageReturn(bytes, at, lineEnd);
      const firstReference = this.#builder.referenceCount;
      const joined = this.#repairer.read(bytes, at, textEnd);
      if (joined.complete && joined.usable && !this.#lacksMemsize()) {
        this.#keepRepaired(
          firstReference,
          `a newline in the record; ${joined.damage}`,
          bytes,
          at,
          textEnd,
          offset,
        );
        this.#line += lines - 1;
        return this.#nextLine(lineEnd, end);
      }
      this.#builder.referenceCount = firstReference;
    }
    return 0;
  }

  #foreign(
    bytes: Uint8Array,
    at: number,
    textEnd: number,
    lineEnd: number,
    end: number,
    offset: number,
  ): number {
    const record = findRecordStart(bytes, at + 1, lineEnd);
    this.irregularities.foreign(this.#line, offset + at, bytes, at, record < 0 ? textEnd : record);
    return record < 0 ? this.#nextLine(lineEnd, end) : record;
  }

  #nextLine(lineEnd: number, end: number): number {
    if (lineEnd < end) this.#line++;
    return Math.min(end, lineEnd + 1);
  }
}

function endOfLine(bytes: Uint8Array, from: number, end: number): number {
  const at = bytes.indexOf(Byte.lf, from);
  return at < 0 || at >= end ? end : at;
}

function withoutCarriageReturn(bytes: Uint8Array, start: number, end: number): number {
  return end > start && bytes[end - 1] === Byte.cr ? end - 1 : end;
}

function findRecordStart(bytes: Uint8Array, from: number, end: number): number {
  for (
    let at = bytes.indexOf(Byte.openBrace, from);
    at >= 0 && at < end;
    at = bytes.indexOf(Byte.openBrace, at + 1)
  ) {
    if (RECORD_STARTS.some(text => startsWith(bytes, at, text))) return at;
  }
  return -1;
}

function startsWith(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}
