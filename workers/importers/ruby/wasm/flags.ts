import { ObjectFlag } from '../../../model/object-flags';
import { Feature, FlagKey } from '../record-codes';
import { allocate } from './memory';
import { addFlags, noteFeature } from './state';
import { isEqual, QUOTE } from './text';
import { IRREGULAR, number, readTrue, readUnknownKey, skipValue } from './values';
import { WordFinder } from './words';

/** Number of texts that are remembered, and the maximum length of each. */
const MEMOS: usize = 8;
const MAX_MEMO_BYTES: usize = 160;
const MEMO_BYTES: usize = 192;
/** `{}` */
const EMPTY: u32 = 0x7d7b;

/** Each memo: the length, the bits of `ObjectFlag`, and the text from byte 16 on. */
let memos: usize = 0;
let memoCount: usize = 0;
/** The memo that matched last, which is tried first; and the one that is replaced next. */
let lastMemo: usize = 0;
let nextMemo: usize = 0;
let flagKeys: WordFinder = changetype<WordFinder>(0);

export function setUpFlags(): void {
  memos = allocate(MEMOS * MEMO_BYTES);
  lastMemo = memos;
}

export function setFlagKeys(words: WordFinder): void {
  flagKeys = words;
}

/**
 * Reads `{"wb_protected":true, "old":true, …}`. A heap has few different texts of flags, so the last ones are
 * remembered. `LOOK_AHEAD` bytes after a record must be readable for that.
 */
export function readFlags(p: usize): usize {
  if (load<u16>(p) === EMPTY) return p + 2;
  if (isMemo(lastMemo, p)) return useMemo(lastMemo, p);
  for (let i: usize = 0; i < memoCount; i++) {
    const memo = memos + i * MEMO_BYTES;
    if (isMemo(memo, p)) return useMemo(memo, p);
  }
  return parseFlags(p);
}

@inline
function isMemo(memo: usize, p: usize): bool {
  const length = <usize>load<u32>(memo);
  const text = memo + 16;
  // Compare the end first: texts start alike, and end at different positions.
  return (
    length !== 0 && load<u64>(p + length - 8) === load<u64>(text + length - 8) && isEqual(p, text, length)
  );
}

@inline
function useMemo(memo: usize, p: usize): usize {
  lastMemo = memo;
  addFlags(load<u32>(memo, 4));
  return p + load<u32>(memo);
}

function parseFlags(start: usize): usize {
  let p = start;
  if (load<u8>(p) !== 0x7b) return IRREGULAR;
  p++;
  let flags: u32 = 0;
  let isCommon = true;
  while (true) {
    if (load<u8>(p) !== QUOTE) return IRREGULAR;
    const key = flagKeys.find(p + 1);
    p += 1 + flagKeys.length(key);
    if (key === FlagKey.unknown) {
      p = readUnknownKey(p);
      if (p === IRREGULAR) return IRREGULAR;
    } else {
      const next = readTrue(p);
      if (next !== IRREGULAR) {
        if (key === FlagKey.old || key === FlagKey.longLived) flags |= ObjectFlag.old;
        else if (key === FlagKey.pinned) flags |= ObjectFlag.pinned;
        else if (key === FlagKey.shareable) flags |= ObjectFlag.shareable;
        p = next;
      } else {
        const byte: u32 = load<u8>(p);
        p = skipValue(p);
        if (p === IRREGULAR) return IRREGULAR;
        if (key === FlagKey.age && byte - 0x30 < 10 && number === 3) flags |= ObjectFlag.old;
      }
    }
    if (key === FlagKey.age) noteFeature(Feature.age);
    else if (key === FlagKey.pinned) noteFeature(Feature.pinned);
    else if (key === FlagKey.infant) noteFeature(Feature.infant);
    else if (key === FlagKey.longLived) noteFeature(Feature.longLived);
    // An object id occurs only once.
    else if (key === FlagKey.objectId) isCommon = false;
    const separator = load<u8>(p);
    if (separator === 0x2c) p += load<u8>(p, 1) === 0x20 ? 2 : 1;
    else if (separator === 0x7d) break;
    else return IRREGULAR;
  }
  p++;
  addFlags(flags);
  if (isCommon && p - start <= MAX_MEMO_BYTES) remember(start, p, flags);
  return p;
}

function remember(start: usize, end: usize, flags: u32): void {
  const memo = memos + nextMemo * MEMO_BYTES;
  store<u32>(memo, <u32>(end - start));
  store<u32>(memo, flags, 4);
  memory.copy(memo + 16, start, end - start);
  memoCount = max(memoCount, nextMemo + 1);
  nextMemo = (nextMemo + 1) & (MEMOS - 1);
}
