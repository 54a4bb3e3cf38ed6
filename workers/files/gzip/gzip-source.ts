import type { ByteOffset } from '../../protocol/units.ts';
import type { ByteSource, TextFindings, TextRange } from '../byte-source.ts';
import { gathered, type SpareBuffers } from '../pieces.ts';
import { GzipReader } from './gzip-reader.ts';
import { MemberSearch } from './member-search.ts';
import { lastPointBefore, RestartPoints } from './restart-points.ts';
import type { StoredPart } from './stored-part.ts';

/**
 * A gzip file. Reading its text records restart points, so that a piece of it can be read again without inflating
 * everything before it.
 */
export class GzipSource implements ByteSource {
  readonly compressed = true;
  readonly #stored: StoredPart;
  readonly #notes: readonly string[];
  readonly #likelyCause: string | null;
  #findings: TextFindings;
  #position: ByteOffset = 0;
  /** Reads pieces, for one request at a time, because the reader has a single state. */
  #reader: GzipReader | null = null;
  #lastRead: Promise<unknown> = Promise.resolve();

  /** `notes`: what was done to find the stream. `likelyCause`: why it is damaged, if it is. One sentence each. */
  constructor(stored: StoredPart, notes: readonly string[] = [], likelyCause: string | null = null) {
    this.#stored = stored;
    this.#notes = notes;
    this.#likelyCause = likelyCause;
    this.#findings = { damage: null, notes, restartPoints: [] };
  }

  get name() {
    return this.#stored.name;
  }

  get fileBytes() {
    return this.#stored.fileBytes;
  }

  get position() {
    return this.#position;
  }

  get findings() {
    return this.#findings;
  }

  learn(findings: TextFindings): void {
    this.#findings = findings;
  }

  slices(spare?: SpareBuffers): AsyncIterableIterator<Uint8Array> {
    return gathered(this.#pieces(), spare);
  }

  async *#pieces(): AsyncIterableIterator<Uint8Array> {
    const points = new RestartPoints();
    const reader = this.#newReader(points);
    const { length, fileBytes } = this.#stored;
    for (;;) {
      const piece = await reader.next();
      this.#position = Math.round((reader.position / length) * fileBytes);
      const notes = [...this.#notes, ...reader.notes];
      this.#findings = { damage: this.#explained(reader.damage), notes, restartPoints: points.all };
      if (piece === null) return;
      yield piece;
    }
  }

  #newReader(points: RestartPoints | null): GzipReader {
    const stored = this.#stored;
    return new GzipReader(stored, points, new MemberSearch(stored), offset => stored.placeOf(offset));
  }

  #explained(damage: string | null): string | null {
    return damage === null || this.#likelyCause === null ? damage : `${damage} ${this.#likelyCause}`;
  }

  read(ranges: readonly TextRange[]): Promise<Uint8Array[]> {
    const result = this.#lastRead.then(() => this.#read(ranges));
    this.#lastRead = result.catch(() => undefined); // The caller handles the error; the next read starts anew.
    return result;
  }

  /** Reads in the order of the text, so that nearby pieces are inflated in one go. */
  async #read(ranges: readonly TextRange[]): Promise<Uint8Array[]> {
    const results = ranges.map(({ length }) => new Uint8Array(length));
    const order = [...ranges.keys()].sort((a, b) => ranges[a]!.offset - ranges[b]!.offset);
    this.#reader ??= this.#newReader(null);
    const reader = this.#reader;
    let piece: Uint8Array = new Uint8Array(0);
    let isPlaced = false;
    for (const index of order) {
      const { offset } = ranges[index]!;
      const result = results[index]!;
      const point = lastPointBefore(this.#findings.restartPoints, offset);
      const pieceStart = reader.textOffset - piece.length;
      if (!isPlaced || offset < pieceStart || (point?.textOffset ?? 0) > reader.textOffset) {
        await reader.restart(point);
        piece = new Uint8Array(0);
        isPlaced = true;
      }
      let filled = 0;
      for (;;) {
        const start = reader.textOffset - piece.length;
        const from = Math.max(0, offset + filled - start);
        const wanted = piece.subarray(from, from + result.length - filled);
        result.set(wanted, filled);
        filled += wanted.length;
        if (filled === result.length) break;
        const next = await reader.next();
        piece = next ?? new Uint8Array(0);
        if (next === null) break;
      }
      results[index] = result.subarray(0, filled);
    }
    return results;
  }
}
