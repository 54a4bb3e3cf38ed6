import type { LayerDecoder, Restart } from './decoder.ts';
import type { TextOutput } from './text-output.ts';

const ESCAPE = 0x1b;
const OPEN_BRACKET = 0x5b;
/** A key of a record with a colour around it, as `jq -C`, `grep --color` and `bat` write it. One character per byte. */
const COLOURED_KEY = new RegExp(
  `(?:address|type)"?(?:${String.fromCharCode(ESCAPE)}\\[[\\d;:]*[mK])+"?\\s*:?`,
);

/** Whether keys of records in a text have colours around them. O(length). */
export function hasColouredKeys(text: string): boolean {
  return text.includes('\x1b[') && COLOURED_KEY.test(text);
}

/** Removes the control sequences of terminals (ECMA-48) from a text: colours, and the erasing of lines. */
export class AnsiDecoder implements LayerDecoder {
  /** Number of bytes read of an unfinished sequence. */
  #sequence = 0;

  push(input: Uint8Array, output: TextOutput): void {
    let from = this.#sequence === 0 ? 0 : -1;
    for (let at = 0; at < input.length; at++) {
      const byte = input[at]!;
      if (this.#sequence === 0) {
        if (byte !== ESCAPE) continue;
        output.append(input, from, at);
        from = -1;
        this.#sequence = 1;
        continue;
      }
      // A sequence begins with ESC [ and ends with a byte from @ to ~.
      const goesOn = this.#sequence === 1 ? byte === OPEN_BRACKET : byte >= 0x20 && byte <= 0x3f;
      if (goesOn) {
        this.#sequence++;
        continue;
      }
      const isOther = this.#sequence === 1 || byte < 0x40 || byte > 0x7e;
      this.#sequence = 0;
      from = isOther ? at : at + 1;
    }
    if (from >= 0) output.append(input, from);
  }

  finish(): void {}

  restart(): Restart | null {
    return this.#sequence === 0 ? { unread: 0, state: 0 } : null;
  }
}
