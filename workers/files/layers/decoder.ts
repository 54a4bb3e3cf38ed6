import type { Bytes } from '../../protocol/units.ts';
import type { TextOutput } from './text-output.ts';

/** Where a decoder can begin in the middle of its input. */
export interface Restart {
  /** Bytes at the end of what was pushed that have to be pushed again. */
  unread: Bytes;
  /** What a new decoder has to be told. */
  state: number;
}

/**
 * Removes one layer of wrapping from a text. The input comes in pieces of any size, which do not affect the output.
 * Input that is not wrapped is passed through unchanged.
 */
export interface LayerDecoder {
  /** Decodes a piece, which is not kept. What needs more input is decoded later. */
  push(input: Uint8Array, output: TextOutput): void;
  /** The input is over. */
  finish(output: TextOutput): void;
  /** How to restart after all that was written so far; null if that is not possible now. */
  restart(): Restart | null;
}
