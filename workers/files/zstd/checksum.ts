import { CHECKSUM_CODE } from './checksum-code.generated.ts';

/** The exports of `wasm/index.ts`, documented there. */
interface ChecksumExports {
  readonly memory: WebAssembly.Memory;
  buffer(): number;
  bufferBytes(): number;
  reset(): void;
  update(bytes: number): void;
  digest(): number;
}

const MODULE = new WebAssembly.Module(Uint8Array.from(atob(CHECKSUM_CODE), char => char.charCodeAt(0)));

/** The checksum of zstd frames (XXH64), of a text that is added piece by piece. About 1 ms for 8 MiB. */
export class Checksum {
  readonly #code: ChecksumExports;
  readonly #buffer: Uint8Array;

  constructor() {
    this.#code = new WebAssembly.Instance(MODULE).exports as unknown as ChecksumExports;
    const { memory } = this.#code;
    this.#buffer = new Uint8Array(memory.buffer, this.#code.buffer(), this.#code.bufferBytes());
    this.#code.reset();
  }

  add(text: Uint8Array): void {
    for (let at = 0; at < text.length; at += this.#buffer.length) {
      const piece = text.subarray(at, at + this.#buffer.length);
      this.#buffer.set(piece);
      this.#code.update(piece.length);
    }
  }

  /** The low 32 bits of the checksum so far, as frames store it. Starts a new checksum. */
  take(): number {
    const sum = this.#code.digest() >>> 0;
    this.#code.reset();
    return sum;
  }
}
