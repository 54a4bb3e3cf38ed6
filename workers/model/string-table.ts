import { appended, Uint32List } from './growable.ts';
import type { List } from './heap-columns.ts';

/**
 * Byte strings that many objects share (file names, methods, class names), each kept once. Ids count from 0; id 0
 * is always the empty string. JavaScript strings are made only when asked for, and then kept.
 */
export class StringTable {
  #bytes: Uint8Array;
  /** Id → start of its text; one entry more than there are strings, the end of the last. */
  readonly #offsets: Uint32List;
  readonly #texts = new Map<number, string>();
  readonly #added = new Map<string, number>();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** Takes over the texts, which lie one after the other, and where they start. */
  constructor({ stringBytes, stringOffsets }: { stringBytes: List<Uint8Array>; stringOffsets: List }) {
    this.#bytes = stringBytes.values;
    this.#offsets = Uint32List.of(stringOffsets);
  }

  /** The id of a text that is added to those of the file, the same for the same text. */
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

  /** The text of an id; bytes that are no UTF-8 become U+FFFD. */
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

  /** The texts, one after the other, and where they start: what {@link constructor} takes. */
  columns(): { bytes: Uint8Array; offsets: Uint32Array } {
    const offsets = this.#offsets.values.subarray(0, this.#offsets.length);
    return { bytes: this.#bytes.subarray(0, offsets.at(-1) ?? 0), offsets };
  }

  get memoryBytes(): number {
    return this.#bytes.byteLength + this.#offsets.values.byteLength;
  }
}
