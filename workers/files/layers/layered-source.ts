import type { ByteOffset, Bytes } from '../../protocol/units.ts';
import type { ByteSource, TextFindings, TextRange } from '../byte-source.ts';
import { lastPointBefore, SpacedPoints } from '../spaced-points.ts';
import { decoderOf, type Layer } from './layer.ts';
import { TextOutput } from './text-output.ts';

/** A place in a wrapped text from which it can be unwrapped without what is before it. Plain data. */
export interface LayerPoint {
  /** Where its text starts in the unwrapped text. */
  textOffset: ByteOffset;
  /** Where reading has to start in the wrapped one. */
  innerOffset: ByteOffset;
  /** What the decoder has to be told. */
  state: number;
}

/** Text between two points, at first: what a look at one record costs to decode. */
const SPACING_BYTES = 1 << 20;
const MAX_POINTS = 4096;
/** Input that is decoded at a time: a restart is at most that far after where one is wanted. */
const PIECE_BYTES = 1 << 16;
/** Text that makes a slice. */
const SLICE_BYTES = 1 << 20;

/** A source whose text is wrapped in a layer, as the text without it. Offsets are those of the unwrapped text. */
export class LayeredSource implements ByteSource {
  readonly layer: Layer;
  readonly #inner: ByteSource;
  #points: readonly LayerPoint[];
  /** One question after the other: they share a decoder, which continues where it is. */
  #lastRead: Promise<unknown> = Promise.resolve();
  #reader: LayerReader | null = null;

  /** `points`: what another source of the same text found while it was read. */
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

  /** Points that reading can start from, in the part that was read. */
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
    this.#lastRead = result.catch(() => undefined); // Whoever asked is told; the next one asks anew.
    return result;
  }

  /** In the order of the text, so that what is near to one another is decoded in one go. */
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

/** Reads a text from a point on, forwards. */
class LayerReader {
  readonly #inner: ByteSource;
  readonly #decoder;
  readonly #output = new TextOutput();
  #innerOffset: ByteOffset;
  #ended = false;
  /** Where in the text the output starts. */
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

  /** A piece of the text, which starts at or after `textOffset`; shorter where the text ends. */
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

  /** Replaces the output by what comes next. */
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
