import type { Bytes } from '../protocol/units.ts';
import type { ByteSource, TextFindings, TextRange } from './byte-source.ts';
import { READS_IN_FLIGHT, sliceBytesAt } from './slice-sizes.ts';
import type { StoredBytes } from './stored-bytes.ts';

/** A file that is stored as it is. */
export class PlainSource implements ByteSource {
  readonly compressed = false;
  readonly findings: TextFindings = { damage: null, restartPoints: [] };
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
    // Nothing is found in such a file: any of its bytes can be read at once.
  }

  async *slices(): AsyncIterableIterator<Uint8Array> {
    this.position = 0;
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
    }
  }

  read(pieces: readonly TextRange[]): Promise<Uint8Array[]> {
    return Promise.all(pieces.map(({ offset, length }) => this.#stored.read(offset, length)));
  }
}
