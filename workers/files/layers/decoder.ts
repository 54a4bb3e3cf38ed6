import type { Bytes } from '../../protocol/units.ts';
import type { TextOutput } from './text-output.ts';

/** Where a decoder can start in the middle of its input. */
export interface Restart {
  /** How many bytes at the end of the pushed input have to be pushed again. */
  unread: Bytes;
  /** The state for a new decoder. */
  state: number;
}

/**
 * Removes one layer of wrapping from a text. The input comes in pieces of any size, which do not affect the output.
 * Input that is not wrapped is passed through unchanged.
 */
export interface LayerDecoder {
  /** Decodes a piece, which is not kept. What depends on more input is decoded later. */
  push(input: Uint8Array, output: TextOutput): void;
  /** To be called at the end of the input. */
  finish(output: TextOutput): void;
  /** How to restart after everything written so far; null if that is not possible now. */
  restart(): Restart | null;
}
