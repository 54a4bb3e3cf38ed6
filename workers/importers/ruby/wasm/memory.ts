import { Failure } from '../record-codes';

/** Throws in JavaScript; never returns. */
@external('host', 'fail')
declare function fail(reason: i32): void;

/** Asks JavaScript whether there may be so many pages of addresses; throws there if not. */
@external('host', 'morePages')
declare function morePages(pages: u32): void;

/** Ends the scan, before the memory is taken, if there is none for so many pages of addresses. */
export function checkPages(pages: u32): void {
  morePages(pages);
}

/** Ends the scan with an error that the importer explains. */
export function giveUp(reason: Failure): void {
  fail(reason);
  unreachable();
}

const ALIGNMENT: usize = 16;
/** Bytes that may be read after the end of anything allocated: texts are compared sixteen bytes at a time. */
const SLACK: usize = 32;

let top: usize = __heap_base;
/** Where the last allocation starts. */
let lastAt: usize = 0;

/** So many zero bytes, aligned to 16. Memory is never given back: it goes as a whole, when the scan is over. */
export function allocate(bytes: usize): usize {
  const at = (top + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  const end = at + bytes + SLACK;
  // Past 4 GiB the sum wraps around.
  if (end < at || end > 0xffff0000) giveUp(Failure.memory);
  const pages = <i32>((end + 0xffff) >>> 16);
  const missing = pages - memory.size();
  // Growing costs a system call: by an eighth more than is requested.
  if (missing > 0 && memory.grow(max(missing, memory.size() >>> 3)) < 0 && memory.grow(missing) < 0) {
    giveUp(Failure.memory);
  }
  top = end;
  lastAt = at;
  return at;
}

/**
 * The same bytes with room for `newBytes`. Callers grow by half, so that copies cost O(1) an entry. What was allocated
 * last grows where it is.
 */
export function enlarged(at: usize, oldBytes: usize, newBytes: usize): usize {
  if (at === lastAt) {
    top = lastAt;
    return allocate(newBytes);
  }
  const larger = allocate(newBytes);
  memory.copy(larger, at, oldBytes);
  return larger;
}
