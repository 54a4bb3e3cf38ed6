import { appended, Uint32List } from './growable.ts';
import type { List } from './heap-columns.ts';

/**
 * Byte strings that many objects share (file names, methods, class names), each stored once. Ids count from 0; id 0
 * is always the empty string. JavaScript strings are created on demand and cached.
 */
export class StringTable {
  #bytes: Uint8Array;
  /** Id → start of its text. The last entry is the end of the last text. */
  readonly #offsets: Uint32List;
  readonly #texts = new Map<number, string>();
  readonly #added = new Map<string, number>();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** Takes over the concatenated texts and their start offsets. */
  constructor({ stringBytes, stringOffsets }: { stringBytes: List<Uint8Array>; stringOffsets: List }) {
    this.#bytes = stringBytes.values;
    this.#offsets = Uint32List.of(stringOffsets);
  }

  /**
   * Adds a text after those of the file. Adding it again returns the same id; a text that the file has, too, gets a
   * second id.
   */
  add(text: string): number {
    let id = this.#added.get(text);
    if (id === undefined) {
      const bytes = new TextEncoder().encode(text);
      id = this.#offsets.length - 1;
      const start = this.#offsets.values[id]!;
      this.#bytes = appended(this.#bytes, start, bytes);
      this.#offsets.push(start + bytes.length);
      this.#added.set(text, id);
    }
    return id;
  }

  /** The text of an id; invalid UTF-8 becomes U+FFFD. */
  text(id: number): string {
    let text = this.#texts.get(id);
    if (text === undefined) {
      text = this.#decoder.decode(
        this.#bytes.subarray(this.#offsets.values[id]!, this.#offsets.values[id + 1]!),
      );
      this.#texts.set(id, text);
    }
    return text;
  }

  /** The concatenated texts and their start offsets, as {@link constructor} takes them. */
  columns(): { bytes: Uint8Array; offsets: Uint32Array } {
    const offsets = this.#offsets.values.subarray(0, this.#offsets.length);
    return { bytes: this.#bytes.subarray(0, offsets.at(-1) ?? 0), offsets };
  }

  get memoryBytes(): number {
    return this.#bytes.byteLength + this.#offsets.values.byteLength;
  }
}
