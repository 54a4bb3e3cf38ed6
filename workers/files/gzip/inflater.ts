import { type Status, WINDOW_BYTES } from './inflate-codes.ts';
import { INFLATER_CODE } from './inflater-code.generated.ts';

/** The exports of `wasm/index.ts`, documented there. */
interface InflaterExports {
  readonly memory: WebAssembly.Memory;
  setUp(): void;
  clearInput(): void;
  roomForInput(): number;
  unusedStart(): number;
  unusedEnd(): number;
  addInput(bytes: number, last: number): void;
  skipInput(bytes: number): void;
  windowOf(bytes: number): number;
  begin(skippedBits: number, windowBytes: number, checksum: number): void;
  run(stopAtBlock: number): Status;
  text(): number;
  textBytes(): number;
  knownBytes(): number;
  bitsTaken(): number;
  checksum(): number;
  inputChecksum(bytes: number, before: number): number;
}

/** Compiled once per thread, so that the optimized code is kept for the next file. */
const MODULE = new WebAssembly.Module(Uint8Array.from(atob(INFLATER_CODE), char => char.charCodeAt(0)));

/**
 * Inflates deflate streams: WebAssembly, with memory of its own, 1 MiB. Twice as fast as the one built into browsers,
 * since it allocates no buffers; it also reports where blocks start, so that a file can be read from there.
 */
export class Inflater {
  readonly #inflater: InflaterExports;
  readonly #memory: Uint8Array;

  constructor() {
    this.#inflater = new WebAssembly.Instance(MODULE).exports as unknown as InflaterExports;
    this.#inflater.setUp();
    this.#memory = new Uint8Array(this.#inflater.memory.buffer);
  }

  /** Compressed bytes that were added and not used yet. Valid until the next call of any method. */
  get unused(): Uint8Array {
    return this.#memory.subarray(this.#inflater.unusedStart(), this.#inflater.unusedEnd());
  }

  /** Unused bits of the byte before {@link unused}: fewer than eight. */
  get bitsTaken(): number {
    return this.#inflater.bitsTaken();
  }

  /** Forgets all input. */
  clearInput(): void {
    this.#inflater.clearInput();
  }

  /** How many bytes of input there is room for. */
  roomForInput(): number {
    return this.#inflater.roomForInput();
  }

  /** Adds input, no more than there is room for. `last`: no input follows. */
  addInput(bytes: Uint8Array, last: boolean): void {
    this.#memory.set(bytes, this.#inflater.unusedEnd());
    this.#inflater.addInput(bytes.length, last ? 1 : 0);
  }

  /** Skips input that does not belong to a deflate stream. */
  skipInput(bytes: number): void {
    this.#inflater.skipInput(bytes);
  }

  /** Begins a stream at the unused input. */
  begin(): void {
    this.#inflater.begin(0, 0, 0);
  }

  /**
   * Continues with a stream at the unused input, where a block starts: `skippedBits` of its first byte belong to the
   * block before, `window` is the text before it, and `checksum` is that of all text of the stream before it.
   */
  resume(skippedBits: number, window: Uint8Array, checksum: number): void {
    this.#memory.set(window, this.#inflater.windowOf(window.length));
    this.#inflater.begin(skippedBits, window.length, checksum);
  }

  /**
   * Produces the next piece of {@link text}. With `stopAtBlock`, it ends at the start of the next block at the latest.
   */
  run(stopAtBlock: boolean): Status {
    return this.#inflater.run(stopAtBlock ? 1 : 0);
  }

  /** The last piece. Valid until the next call. */
  get text(): Uint8Array {
    const start = this.#inflater.text();
    return this.#memory.subarray(start, start + this.#inflater.textBytes());
  }

  /** A copy of the text that a block after the last piece may refer to. */
  window(): Uint8Array {
    const end = this.#inflater.text() + this.#inflater.textBytes();
    return this.#memory.slice(end - Math.min(WINDOW_BYTES, this.#inflater.knownBytes()), end);
  }

  /** CRC-32 of the text since the stream began. */
  get checksum(): number {
    return this.#inflater.checksum() >>> 0;
  }

  /** CRC-32 of a text that ends with these bytes; `before`: the CRC-32 of the text before them. Discards all input. */
  checksumOf(bytes: Uint8Array, before: number): number {
    let sum = before;
    this.clearInput();
    const room = this.roomForInput();
    for (let at = 0; at < bytes.length; at += room) {
      const piece = bytes.subarray(at, at + room);
      this.#memory.set(piece, this.#inflater.unusedStart());
      sum = this.#inflater.inputChecksum(piece.length, sum) >>> 0;
    }
    return sum;
  }
}
