/** Memory of a scanner that begins, in pages of 64 KiB: most dumps need little more. */
const INITIAL_PAGES = 16;
/** More is not kept: most dumps would not need it. */
const KEPT_BYTES = 16 << 20;

/**
 * WebAssembly memory that one load leaves to the next. New memory costs a page fault for each 4 KiB, and what is left
 * behind stays until garbage is collected, which in an idle thread may be never.
 */
export class SpareMemory {
  #spare: WebAssembly.Memory | null = null;

  /** What was left, with anything in it; or new memory. */
  take(): WebAssembly.Memory {
    const memory = this.#spare ?? new WebAssembly.Memory({ initial: INITIAL_PAGES });
    this.#spare = null;
    return memory;
  }

  /** Takes back memory that nobody uses any more. */
  give(memory: WebAssembly.Memory): void {
    if (memory.buffer.byteLength <= KEPT_BYTES) this.#spare = memory;
  }
}
