import { Failure } from '../record-codes';

/** Throws in JavaScript; never returns. */
@external('host', 'fail')
declare function fail(reason: i32): void;

/** Ends the scan with an error that the importer explains. */
export function giveUp(reason: Failure): void {
  fail(reason);
  unreachable();
}

const ALIGNMENT: usize = 16;
/** Bytes that may be read behind the end of anything allocated: texts are compared sixteen bytes at a time. */
const SLACK: usize = 32;

let top: usize = __heap_base;

/** So many zero bytes, aligned to 16. Memory is never given back: it goes as a whole, when the scan is over. */
export function allocate(bytes: usize): usize {
  const at = (top + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  const end = at + bytes + SLACK;
  // Past 4 GiB the sum wraps around.
  if (end < at || end > 0xffff0000) giveUp(Failure.memory);
  const pages = <i32>((end + 0xffff) >>> 16);
  const missing = pages - memory.size();
  // Growing costs a system call: by an eighth more than is asked for.
  if (missing > 0 && memory.grow(max(missing, memory.size() >>> 3)) < 0 && memory.grow(missing) < 0) {
    giveUp(Failure.memory);
  }
  top = end;
  return at;
}

/** The same bytes with room for `newBytes`. Callers grow by half, so that copies cost O(1) an entry. */
export function enlarged(at: usize, oldBytes: usize, newBytes: usize): usize {
  const larger = allocate(newBytes);
  memory.copy(larger, at, oldBytes);
  return larger;
}
