const ROOM_BYTES = 1 << 20;

/** Collects redacted text and emits it in pieces. */
export class RedactedText {
  #room = new Uint8Array(ROOM_BYTES);
  #length = 0;
  readonly #emit: (piece: Uint8Array<ArrayBuffer>) => void;

  /** `emit` receives the pieces, and owns them. */
  constructor(emit: (piece: Uint8Array<ArrayBuffer>) => void) {
    this.#emit = emit;
  }

  /** Appends `bytes[start…end]`. */
  copy(bytes: Uint8Array, start: number, end: number): void {
    for (let from = start; from < end; ) {
      if (this.#length === ROOM_BYTES) this.flush();
      const to = Math.min(end, from + ROOM_BYTES - this.#length);
      this.#room.set(bytes.subarray(from, to), this.#length);
      this.#length += to - from;
      from = to;
    }
  }

  /** Appends ASCII text. */
  write(text: string): void {
    if (text.length > ROOM_BYTES - this.#length) this.flush();
    if (text.length > ROOM_BYTES) {
      const bytes = new TextEncoder().encode(text);
      this.copy(bytes, 0, bytes.length);
      return;
    }
    for (let i = 0; i < text.length; i++) this.#room[this.#length++] = text.charCodeAt(i);
  }

  flush(): void {
    if (this.#length === 0) return;
    this.#emit(this.#room.subarray(0, this.#length));
    this.#room = new Uint8Array(ROOM_BYTES);
    this.#length = 0;
  }
}
