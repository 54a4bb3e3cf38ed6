import type { ByteOffset, Bytes } from '../../protocol/units.ts';
import type { ByteSource, TextFindings, TextRange } from '../byte-source.ts';
import { lastPointBefore, SpacedPoints } from '../spaced-points.ts';
import { decoderOf, type Layer } from './layer.ts';
import { TextOutput } from './text-output.ts';

/** A point in a wrapped text from which it can be unwrapped without the text before. Plain data. */
export interface LayerPoint {
  /** Where the text after the point starts in the unwrapped text. */
  textOffset: ByteOffset;
  /** Where reading has to start in the wrapped text. */
  innerOffset: ByteOffset;
  /** The state for the decoder. */
  state: number;
}

/** Text between two points at first: how much is decoded to read one record. */
const SPACING_BYTES = 1 << 20;
const MAX_POINTS = 4096;
/** Input that is decoded at a time, which is also how far after a wanted position a point can be. */
const PIECE_BYTES = 1 << 16;
/** Text of a slice. */
const SLICE_BYTES = 1 << 20;

/** The unwrapped text of a source. Offsets are those of the unwrapped text. */
export class LayeredSource implements ByteSource {
  readonly layer: Layer;
  readonly #inner: ByteSource;
  #points: readonly LayerPoint[];
  /** The last read. Reads run one after the other, because they share a decoder. */
  #lastRead: Promise<unknown> = Promise.resolve();
  #reader: LayerReader | null = null;

  /** `points`: found by another source while it read the same text. */
  constructor(inner: ByteSource, layer: Layer, points: readonly LayerPoint[] = []) {
    this.#inner = inner;
    this.layer = layer;
    this.#points = points;
  }

  get name(): string {
    return this.#inner.name;
  }

  get fileBytes(): Bytes {
    return this.#inner.fileBytes;
  }

  get compressed(): boolean {
    return this.#inner.compressed;
  }

  get position(): Bytes {
    return this.#inner.position;
  }

  get findings(): TextFindings {
    return this.#inner.findings;
  }

  learn(findings: TextFindings): void {
    this.#inner.learn(findings);
  }

  /** Points from which reading can start, in the part that was read. */
  get points(): readonly LayerPoint[] {
    return this.#points;
  }

  async *slices(): AsyncIterableIterator<Uint8Array> {
    const points = new SpacedPoints<LayerPoint>(SPACING_BYTES, MAX_POINTS);
    const decoder = decoderOf(this.layer, null);
    const output = new TextOutput();
    let innerOffset: ByteOffset = 0;
    let textOffset: ByteOffset = 0;
    for await (const slice of this.#inner.slices()) {
      for (let at = 0; at < slice.length; at += PIECE_BYTES) {
        const piece = slice.subarray(at, at + PIECE_BYTES);
        decoder.push(piece, output);
        innerOffset += piece.length;
        const written = textOffset + output.length;
        const restart = points.wants(written) ? decoder.restart() : null;
        if (restart !== null) {
          const { unread, state } = restart;
          points.add({ textOffset: written, innerOffset: innerOffset - unread, state });
          // Another pass would report the same again.
          if (points.all.length > this.#points.length) this.#points = points.all;
        }
        if (output.length < SLICE_BYTES) continue;
        yield output.text;
        textOffset += output.length;
        output.clear();
      }
    }
    decoder.finish(output);
    if (output.length > 0) yield output.text;
  }

  read(ranges: readonly TextRange[]): Promise<Uint8Array[]> {
    const result = this.#lastRead.then(() => this.#read(ranges));
    this.#lastRead = result.catch(() => undefined); // The caller handles the error; the next read starts anew.
    return result;
  }

  /** Reads in the order of the text, so that nearby pieces are decoded in one go. */
  async #read(ranges: readonly TextRange[]): Promise<Uint8Array[]> {
    const results: Uint8Array[] = ranges.map(() => new Uint8Array(0));
    const order = [...ranges.keys()].sort((a, b) => ranges[a]!.offset - ranges[b]!.offset);
    for (const index of order) {
      const { offset, length } = ranges[index]!;
      const point = lastPointBefore(this.#points, offset);
      const reader = this.#reader;
      if (reader === null || offset < reader.textOffset || (point?.textOffset ?? 0) > reader.textEnd) {
        this.#reader = new LayerReader(this.#inner, this.layer, point);
      }
      results[index] = await this.#reader!.read(offset, length);
    }
    return results;
  }
}

/** Reads a text forwards from a point. */
class LayerReader {
  readonly #inner: ByteSource;
  readonly #decoder;
  readonly #output = new TextOutput();
  #innerOffset: ByteOffset;
  #ended = false;
  /** Where the output starts in the text. */
  textOffset: ByteOffset;

  constructor(inner: ByteSource, layer: Layer, point: LayerPoint | null) {
    this.#inner = inner;
    this.#decoder = decoderOf(layer, point);
    this.#innerOffset = point?.innerOffset ?? 0;
    this.textOffset = point?.textOffset ?? 0;
  }

  get textEnd(): ByteOffset {
    return this.textOffset + this.#output.length;
  }

  /** A piece of the text, which must start at or after `textOffset`; shorter where the text ends. */
  async read(offset: ByteOffset, length: Bytes): Promise<Uint8Array> {
    const piece = new Uint8Array(length);
    let filled = 0;
    for (;;) {
      const from = Math.min(offset + filled - this.textOffset, this.#output.length);
      const wanted = this.#output.text.subarray(from, from + length - filled);
      piece.set(wanted, filled);
      filled += wanted.length;
      if (filled === length || this.#ended) return piece.subarray(0, filled);
      await this.#next();
    }
  }

  /** Replaces the output with the text that follows. */
  async #next(): Promise<void> {
    this.textOffset = this.textEnd;
    this.#output.clear();
    const [input] = await this.#inner.read([{ offset: this.#innerOffset, length: PIECE_BYTES }]);
    this.#innerOffset += input!.length;
    this.#decoder.push(input!, this.#output);
    if (input!.length === PIECE_BYTES) return;
    this.#decoder.finish(this.#output);
    this.#ended = true;
  }
}
