import type { Bytes } from '../protocol/units.ts';
import type { ByteSource, TextFindings, TextRange } from './byte-source.ts';
import { Discarder } from './discard.ts';
import { FILLED_BYTES, READS_IN_FLIGHT, sliceBytesAt } from './slice-sizes.ts';
import { type OrderedReader, type StoredBytes, unreadable } from './stored-bytes.ts';

/** A file that is not compressed. */
export class PlainSource implements ByteSource {
  readonly compressed = false;
  readonly findings: TextFindings = { damage: null, notes: [], restartPoints: [] };
  position: Bytes = 0;
  readonly #stored: StoredBytes;

  constructor(stored: StoredBytes) {
    this.#stored = stored;
  }

  get name() {
    return this.#stored.name;
  }

  get fileBytes() {
    return this.#stored.length;
  }

  learn(): void {
    // Such a file needs no restart points: any of its bytes can be read directly.
  }

  async *slices(): AsyncIterableIterator<Uint8Array> {
    this.position = 0;
    const reader = this.#stored.inOrder();
    if (reader === null) yield* this.#pieces();
    else yield* this.#filled(reader);
  }

  /** Fills one buffer again and again. */
  async *#filled(reader: OrderedReader): AsyncIterableIterator<Uint8Array> {
    try {
      let buffer = new ArrayBuffer(FILLED_BYTES);
      while (this.position < this.fileBytes) {
        const slice = await reader.fill(buffer);
        // If the file shrinks while it is read, do not wait for bytes that never come.
        if (slice.length === 0) throw unreadable(this.name, `it has no byte ${this.position} any more`);
        this.position += slice.length;
        yield slice;
        buffer = slice.buffer as ArrayBuffer;
      }
    } finally {
      reader.stop();
    }
  }

  /** Without a reader that fills buffers, several pieces are requested at once. Each is valid until the next one. */
  async *#pieces(): AsyncIterableIterator<Uint8Array> {
    const discarder = new Discarder();
    let asked = 0;
    const inFlight: Promise<Uint8Array>[] = [];
    const ask = () => {
      if (asked >= this.fileBytes) return;
      const length = Math.min(this.fileBytes - asked, sliceBytesAt(asked));
      const slice = this.#stored.read(asked, length);
      slice.catch(() => undefined); // Awaited below; a reader that stopped early must not raise it again.
      inFlight.push(slice);
      asked += length;
    };
    for (let reads = 0; reads < READS_IN_FLIGHT; reads++) ask();
    while (inFlight.length > 0) {
      const slice = await inFlight.shift()!;
      this.position += slice.length;
      ask();
      yield slice;
      if (slice.length > 0) discarder.discard(slice.buffer as ArrayBuffer);
    }
  }

  read(pieces: readonly TextRange[]): Promise<Uint8Array[]> {
    return Promise.all(pieces.map(({ offset, length }) => this.#stored.read(offset, length)));
  }
}
