import { isLaterPartName } from '../../protocol/split-names.ts';
import { concatenated } from '../opened-text.ts';
import type { LayerDecoder, Restart } from './decoder.ts';
import type { TextOutput } from './text-output.ts';

const BLOCK_BYTES = 512;
const NOTHING = new Uint8Array(0);
const LF = 0x0a;

/** Whether a file begins with the header of a tar archive (POSIX ustar, GNU tar). */
export function isTar(head: Uint8Array): boolean {
  return head.length >= BLOCK_BYTES && readHeader(head.subarray(0, BLOCK_BYTES)) !== null;
}

/**
 * The files in a tar archive, one after the other: headers, padding and everything but regular files are left out,
 * and so are the `._` files of macOS. The parts of a split file are joined. Everything after a damaged header is
 * passed through.
 */
export class TarDecoder implements LayerDecoder {
  /** The bytes of a header read so far. */
  #header: Uint8Array = NOTHING;
  /** Remaining bytes of the current member, and of the padding after it. */
  #left: number;
  #padding: number;
  #isText = true;
  /** Whether a regular file came before: the next one begins on a line of its own. */
  #hasText = false;
  #isBroken = false;

  /** `state`: from {@link restart}, or null at the start. */
  constructor(state: number | null) {
    this.#left = Math.floor((state ?? 0) / BLOCK_BYTES);
    this.#padding = (state ?? 0) % BLOCK_BYTES;
    this.#hasText = state !== null;
  }

  push(input: Uint8Array, output: TextOutput): void {
    let at = 0;
    while (at < input.length) {
      if (this.#isBroken) {
        output.append(input, at);
        return;
      }
      if (this.#left > 0) {
        const taken = Math.min(this.#left, input.length - at);
        if (this.#isText) output.append(input, at, at + taken);
        this.#left -= taken;
        at += taken;
      } else if (this.#padding > 0) {
        const taken = Math.min(this.#padding, input.length - at);
        this.#padding -= taken;
        at += taken;
      } else {
        const taken = Math.min(BLOCK_BYTES - this.#header.length, input.length - at);
        this.#header = concatenated(this.#header, input.subarray(at, at + taken));
        at += taken;
        if (this.#header.length === BLOCK_BYTES) this.#begin(output);
      }
    }
  }

  finish(output: TextOutput): void {
    output.append(this.#header);
    this.#header = NOTHING;
  }

  restart(): Restart | null {
    // Members without text are skipped in one go: no position of the text is within one.
    if (this.#isBroken || !this.#hasText || (this.#left > 0 && !this.#isText)) return null;
    return { unread: this.#header.length, state: this.#left * BLOCK_BYTES + this.#padding };
  }

  /** Begins the member whose header was read, if it is one. */
  #begin(output: TextOutput): void {
    const header = readHeader(this.#header);
    if (header === null && this.#header.some(byte => byte !== 0)) {
      this.#isBroken = true;
      output.append(this.#header);
    }
    this.#header = NOTHING;
    if (header === null) return;
    this.#left = header.size;
    this.#padding = -header.size & (BLOCK_BYTES - 1);
    this.#isText = header.isFile;
    if (!header.isFile) return;
    if (this.#hasText && !header.isLaterPart) output.byte(LF);
    this.#hasText = true;
  }
}

/** What a header says about its member; null if it is not a valid header. */
function readHeader(block: Uint8Array): { size: number; isFile: boolean; isLaterPart: boolean } | null {
  const text = (from: number, length: number) => {
    const field = String.fromCharCode(...block.subarray(from, from + length));
    return field.replace(/\0.*/s, '');
  };
  if (text(257, 5) !== 'ustar') return null;
  let sum = 0;
  for (const [at, byte] of block.entries()) sum += at >= 148 && at < 156 ? 0x20 : byte;
  if (Number.parseInt(text(148, 8), 8) !== sum) return null;
  const size = sizeOf(block, text(124, 12));
  if (!Number.isSafeInteger(size * BLOCK_BYTES)) return null;
  const type = String.fromCharCode(block[156]!);
  const name = text(0, 100);
  const isHidden = /(^|\/)\._[^/]*$/.test(name);
  const isFile = ['0', '7', '\0'].includes(type) && !isHidden;
  return { size, isFile, isLaterPart: isLaterPartName(name) };
}

/** Sizes are octal. GNU tar writes sizes of 8 GiB and more as binary numbers, marked by the highest bit. */
function sizeOf(block: Uint8Array, octal: string): number {
  if ((block[124]! & 0x80) === 0) return octal.trim() === '' ? 0 : Number.parseInt(octal, 8);
  let size = 0;
  for (const byte of block.subarray(128, 136)) size = size * 256 + byte;
  return size;
}
