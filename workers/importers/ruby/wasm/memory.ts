import { Failure } from '../record-codes';

/** Throws in JavaScript; never returns. */
@external('host', 'fail')
declare function fail(reason: i32): void;

/** Asks JavaScript whether there may be this many pages of addresses; throws there if not. */
@external('host', 'morePages')
declare function morePages(pages: u32): void;

/** Ends the scan if there is no memory for this many pages of addresses, before it is allocated. */
export function checkPages(pages: u32): void {
  morePages(pages);
}

/** Ends the scan with an error that the importer explains. */
export function abortScan(reason: Failure): void {
  fail(reason);
  unreachable();
}

const ALIGNMENT: usize = 16;
/** Bytes that may be read after the end of any allocation: texts are compared sixteen bytes at a time. */
const SLACK: usize = 32;

let top: usize = __heap_base;
/** Start of the last allocation. */
let lastAt: usize = 0;

/**
 * Allocates zeroed memory, aligned to 16 bytes. Nothing is freed: all memory goes with the instance, after the scan.
 */
export function allocate(bytes: usize): usize {
  const at = (top + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  const end = at + bytes + SLACK;
  // Past 4 GiB the sum wraps around.
  if (end < at || end > 0xffff0000) abortScan(Failure.memory);
  const pages = <i32>((end + 0xffff) >>> 16);
  const missing = pages - memory.size();
  // Growing is a system call, so grow by an eighth of the memory if less is missing.
  if (missing > 0 && memory.grow(max(missing, memory.size() >>> 3)) < 0 && memory.grow(missing) < 0) {
    abortScan(Failure.memory);
  }
  top = end;
  lastAt = at;
  return at;
}

/**
 * Enlarges an allocation to `newBytes`, and returns where it is then. Callers grow by half, so copies cost O(1) per
 * entry. The last allocation grows in place.
 */
export function reallocate(at: usize, oldBytes: usize, newBytes: usize): usize {
  if (at === lastAt) {
    top = lastAt;
    return allocate(newBytes);
  }
  const larger = allocate(newBytes);
  memory.copy(larger, at, oldBytes);
  return larger;
}
