// What the inflater and its JavaScript side both know.

/** Why inflating stopped. */
export enum Status {
  /** The output is full. */
  full,
  /** What there is of the input is used up, or nearly. */
  needsInput,
  /** A block has ended, and another one follows. */
  blockEnded,
  /** The last block has ended. */
  ended,
  /** The input is no deflate stream from here on. */
  damaged,
  /** The input is over before the stream is. */
  cut,
}

/** A distance goes back so far at most: text before a block that it may refer to. */
export const WINDOW_BYTES = 32768;
