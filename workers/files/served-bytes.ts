import { contentRange, type ServedFile } from '../protocol/dump-file.ts';
import { ProblemError } from '../protocol/errors.ts';
import type { ByteOffset } from '../protocol/units.ts';
import type { OrderedReader, StoredBytes } from './stored-bytes.ts';

/** How often a request is repeated if the connection breaks without a byte having arrived in between. */
const RETRIES = 5;
const FIRST_DELAY_MS = 200;

/** Access to the network, which tests replace. */
export interface Network {
  fetch(url: string, init: { headers: Record<string, string>; signal?: AbortSignal }): Promise<Response>;
  /** Waits before a request is repeated. */
  wait(ms: number): Promise<void>;
}

const BROWSER: Network = {
  fetch: (url, init) => fetch(url, init),
  wait: ms => new Promise(resolve => setTimeout(resolve, ms)),
};

/**
 * The bytes of a served file, by range requests. A broken connection is resumed at the same byte;
 * a file that changed on the server, or a server that stays unreachable, ends as a `ProblemError`.
 */
export function servedBytes(file: ServedFile, network: Network = BROWSER): StoredBytes {
  return {
    name: file.name,
    length: file.size,
    async read(offset, length) {
      const end = Math.min(offset + length, file.size);
      if (end <= offset) return new Uint8Array(0);
      const reader = new RangeReader(file, network, offset, end);
      try {
        return await reader.fill(new ArrayBuffer(end - offset));
      } finally {
        reader.stop();
      }
    },
    inOrder: () => (file.size === 0 ? null : new RangeReader(file, network, 0, file.size)),
  };
}

/** Reads a range from front to back. After a broken connection, it continues at the same byte. */
class RangeReader implements OrderedReader {
  readonly #file: ServedFile;
  readonly #network: Network;
  readonly #end: ByteOffset;
  #position: ByteOffset;
  #stream: ReadableStreamDefaultReader<Uint8Array> | null = null;
  /** Bytes that arrived but did not fit into the last buffer. */
  #rest = new Uint8Array(0);
  #failures = 0;
  readonly #abort = new AbortController();

  constructor(file: ServedFile, network: Network, start: ByteOffset, end: ByteOffset) {
    this.#file = file;
    this.#network = network;
    this.#position = start;
    this.#end = end;
  }

  async fill(buffer: ArrayBuffer): Promise<Uint8Array> {
    const target = new Uint8Array(buffer);
    let filled = 0;
    while (filled < target.length) {
      if (this.#rest.length === 0) this.#rest = await this.#next();
      if (this.#rest.length === 0) break;
      const taken = this.#rest.subarray(0, target.length - filled);
      target.set(taken, filled);
      filled += taken.length;
      this.#rest = this.#rest.subarray(taken.length);
    }
    return target.subarray(0, filled);
  }

  stop(): void {
    this.#abort.abort();
    this.#stream = null;
  }

  /** The next bytes that arrive; none at the end. */
  async #next(): Promise<Uint8Array<ArrayBuffer>> {
    while (this.#position < this.#end) {
      try {
        this.#stream ??= await this.#connect();
        const { value, done } = await this.#stream.read();
        if (done) throw new TypeError(`the connection ended at byte ${this.#position} of ${this.#end}`);
        this.#position += value.length;
        this.#failures = 0;
        if (value.length > 0) return value as Uint8Array<ArrayBuffer>;
      } catch (error) {
        await this.#failed(error);
      }
    }
    return new Uint8Array(0);
  }

  async #connect(): Promise<ReadableStreamDefaultReader<Uint8Array>> {
    const { url, etag, size } = this.#file;
    const headers = { Range: `bytes=${this.#position}-${this.#end - 1}` };
    const response = await this.#network.fetch(url, { headers, signal: this.#abort.signal });
    // Busy or restarting servers answer with 5xx or 429, so try again.
    if (response.status >= 500 || response.status === 429) throw new TypeError(statusOf(response));
    const range = contentRange(response.headers.get('content-range'));
    const isSame =
      response.status === 206 &&
      range?.start === this.#position &&
      range.size === size &&
      (etag === null || response.headers.get('etag') === etag);
    if (!isSame || response.body === null) {
      throw this.#problem(
        response.status === 206 || response.status === 416
          ? 'The file changed on the server while it was read.'
          : `The server no longer sends parts of the file: it answered ${statusOf(response)}.`,
        'Open it again.',
      );
    }
    return response.body.getReader();
  }

  /** Waits before the next attempt; throws if there is none. */
  async #failed(error: unknown): Promise<void> {
    this.#stream = null;
    if (error instanceof ProblemError || this.#abort.signal.aborted) throw error;
    if (this.#failures >= RETRIES) {
      throw this.#problem(
        `The connection to the server was lost at byte ${this.#position.toLocaleString('en-US')}.`,
        'Check that the server is running, and open the file again.',
        String(error),
      );
    }
    await this.#network.wait(FIRST_DELAY_MS * 2 ** this.#failures);
    this.#failures += 1;
  }

  #problem(message: string, advice: string, details?: string): ProblemError {
    return new ProblemError({
      code: 'unreadable-file',
      file: this.#file.name,
      message,
      advice,
      ...(details === undefined ? {} : { details }),
    });
  }
}

function statusOf({ status, statusText }: Response): string {
  return statusText === '' ? String(status) : `${status} ${statusText}`;
}
