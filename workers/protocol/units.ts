/**
 * Units of the protocol. Aliases that name the domain of a value for readers; the compiler does not distinguish them.
 */

/** Whole bytes. Sums are float64 and exact up to 2^53. */
export type Bytes = number;

/** A count of objects, references or records. */
export type Count = number;

/**
 * Handle of one object of one snapshot: 0 … objects-1, in the order of the file.
 */
export type ObjectIndex = number;

/** Handle of one open snapshot in the session. Never reused. */
export type SnapshotId = number;

/** The number of GC runs before the object was allocated: a count, not a time. */
export type Generation = number;

/** An address for display: `"0x7f56…"`, lower-case hex without padding. */
export type AddressText = string;

/** Byte offset in the uncompressed text of a dump. */
export type ByteOffset = number;

/** Line of a dump, counted from 1. */
export type LineNumber = number;

/** A share from 0 to 1. */
export type Fraction = number;
