import type { Bytes } from '../protocol/units.ts';
import type { HeapSnapshot } from './heap-snapshot.ts';

/** The smallest slot of a Ruby with pointers of eight bytes. */
const FIVE_LONG_WORDS: Bytes = 40;

/**
 * Bytes of a pointer in the process that wrote the dump. Four if some addresses are not multiples of eight. From Ruby
 * 3.3 on, the slots of a 32-bit Ruby can all be multiples of eight (24, 48, 96 … or 32, 64, 128 …). It is then
 * recognized by slots that are smaller than any of a 64-bit Ruby, if all pages are in the first 4 GiB. O(pages).
 */
export function wordBytesOf({ pages, slots }: Pick<HeapSnapshot, 'pages' | 'slots'>): Bytes {
  if (pages.shift === 2) return 4;
  const hasSmall = slots.bytes.some(bytes => bytes < FIVE_LONG_WORDS);
  return hasSmall && slots.keys.every(key => pages.address(key) < 2n ** 32n) ? 4 : 8;
}
