// Constants that the inflater and its JavaScript side share.

/** Why inflating stopped. */
export enum Status {
  /** The output is full. */
  full,
  /** The available input is used up, or nearly. */
  needsInput,
  /** A block has ended, and another one follows. */
  blockEnded,
  /** The last block has ended. */
  ended,
  /** The input is not a deflate stream from here on. */
  damaged,
  /** The input ends before the stream does. */
  cut,
}

/** The largest distance: how much text before a block it may refer to. */
export const WINDOW_BYTES = 32768;
