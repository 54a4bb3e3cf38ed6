import { ProblemError } from '../protocol/errors.ts';
import type { Bytes } from '../protocol/units.ts';
import { gathered, picked, type SpareBuffers, type TextRange } from './pieces.ts';
import type { SliceClient } from './slice-client.ts';
import { READS_IN_FLIGHT, sliceBytesAt } from './slice-sizes.ts';

/**
 * A file as the importer needs it: its text in slices, in order, and later any piece of the text again.
 * `fileBytes` and `position` are of the file as stored, offsets of {@link read} of its uncompressed text.
 */
export interface ByteSource {
  readonly name: string;
  readonly fileBytes: Bytes;
  readonly compressed: boolean;
  /** Bytes of the file that slices were made from so far. */
  readonly position: Bytes;
  /**
   * The text from its start. A slice is gone when the next one is asked for. Only one pass at a time. Where slices
   * are gathered from pieces, a buffer from `spare` is taken for the next one, if there is one.
   */
  slices(spare?: SpareBuffers): AsyncIterableIterator<Uint8Array>;
  /**
   * Pieces of the text, as asked; shorter where the text ends. For gzip the text is inflated again once, up to
   * the end of the last piece.
   */
  read(pieces: readonly TextRange[]): Promise<Uint8Array[]>;
}

/** Opens a file, telling gzip by its first bytes. */
export async function openBlob(blob: Blob, name: string): Promise<ByteSource> {
  const head = new Uint8Array(await readBlob(blob.slice(0, 2), name));
  return head[0] === 0x1f && head[1] === 0x8b ? new GzipSource(blob, name) : new PlainSource(blob, name);
}

/** The same file, its slices read by another thread. */
export function readElsewhere(source: ByteSource, blob: Blob, client: SliceClient): ByteSource {
  let position = 0;
  return {
    name: source.name,
    fileBytes: source.fileBytes,
    compressed: source.compressed,
    get position() {
      return position;
    },
    slices: () =>
      client.slices(blob, source.name, reached => {
        position = reached;
      }),
    read: pieces => source.read(pieces),
  };
}

class PlainSource implements ByteSource {
  readonly compressed = false;
  readonly name: string;
  readonly fileBytes: Bytes;
  position = 0;
  readonly #blob: Blob;

  constructor(blob: Blob, name: string) {
    this.#blob = blob;
    this.name = name;
    this.fileBytes = blob.size;
  }

  async *slices(): AsyncIterableIterator<Uint8Array> {
    this.position = 0;
    let asked = 0;
    const inFlight: Promise<ArrayBuffer>[] = [];
    const ask = () => {
      if (asked >= this.fileBytes) return;
      const end = Math.min(this.fileBytes, asked + sliceBytesAt(asked));
      const slice = readBlob(this.#blob.slice(asked, end), this.name);
      slice.catch(() => undefined); // Awaited below; a reader that stopped early must not raise it again.
      inFlight.push(slice);
      asked = end;
    };
    for (let reads = 0; reads < READS_IN_FLIGHT; reads++) ask();
    while (inFlight.length > 0) {
      const buffer = await inFlight.shift()!;
      this.position += buffer.byteLength;
      ask();
      yield new Uint8Array(buffer);
    }
  }

  async read(pieces: readonly TextRange[]): Promise<Uint8Array[]> {
    return Promise.all(
      pieces.map(async ({ offset, length }) => {
        return new Uint8Array(await readBlob(this.#blob.slice(offset, offset + length), this.name));
      }),
    );
  }
}

/**
 * A gzip file. There is no way into the middle of a deflate stream but by what came before it, and the text is
 * too large to keep: reading a piece inflates the file from its start up to that piece, at 500 MB/s and more.
 */
class GzipSource implements ByteSource {
  readonly compressed = true;
  readonly name: string;
  readonly fileBytes: Bytes;
  position = 0;
  readonly #blob: Blob;

  constructor(blob: Blob, name: string) {
    this.#blob = blob;
    this.name = name;
    this.fileBytes = blob.size;
  }

  slices(spare?: SpareBuffers): AsyncIterableIterator<Uint8Array> {
    this.position = 0;
    const pieces = this.#inflated(bytes => {
      this.position += bytes;
    });
    return gathered(pieces, spare);
  }

  read(ranges: readonly TextRange[]): Promise<Uint8Array[]> {
    return picked(
      this.#inflated(() => undefined),
      ranges,
    );
  }

  async *#inflated(onRead: (bytes: Bytes) => void): AsyncIterableIterator<Uint8Array> {
    const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(piece, controller) {
        onRead(piece.byteLength);
        controller.enqueue(piece);
      },
    });
    const stream = this.#blob.stream().pipeThrough(counted).pipeThrough(new DecompressionStream('gzip'));
    const reader = stream.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        yield value;
      }
    } catch (error) {
      throw damagedGzip(this.name, error);
    } finally {
      await reader.cancel().catch(() => undefined); // Already failed or ended: nothing is left to stop.
    }
  }
}

async function readBlob(blob: Blob, name: string): Promise<ArrayBuffer> {
  try {
    return await blob.arrayBuffer();
  } catch (error) {
    throw new ProblemError({
      code: 'unreadable-file',
      file: name,
      message: 'The browser could not read the file.',
      advice: 'It may have been changed, moved or deleted since it was chosen. Choose it again.',
      details: String(error),
    });
  }
}

function damagedGzip(name: string, error: unknown): unknown {
  if (error instanceof ProblemError) return error;
  return new ProblemError({
    code: 'damaged-gzip',
    file: name,
    message: 'The gzip stream is damaged or cut short.',
    advice: 'Test it with gzip -t. If it is cut, copy it again; gzip -dc gives the text up to the damage.',
    details: String(error),
  });
}
