/** Bits of the `flags` column. An enum, because the scanner's AssemblyScript imports it too. */
export enum ObjectFlag {
  frozen = 1 << 0,
  embedded = 1 << 1,
  shared = 1 << 2,
  fstring = 1 << 3,
  old = 1 << 4,
  pinned = 1 << 5,
  /** The record has a `value`, whose hash is in `contentHash`. */
  hasValue = 1 << 6,
  /** A singleton class. */
  singleton = 1 << 7,
  broken = 1 << 8,
  /** The references of this object are cache edges: it is an inline constant cache. */
  cacheSource = 1 << 9,
  /** The last entry of the object's references is an internal one (the `class` of an IMEMO, Ruby ≤ 3.1). */
  internalLast = 1 << 10,
  /** The record has a length, which is in `contentLength`. */
  hasLength = 1 << 11,
  /** The object's instance variables are in a hash table, because its class has too many shapes. */
  complexShape = 1 << 12,
  /** Ractors may share it. */
  shareable = 1 << 13,
}
