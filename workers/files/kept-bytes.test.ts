import { expect, test } from 'vitest';
import { type KeptFile, rangeOf } from '../protocol/dump-file.ts';
import { keptBytes } from './kept-bytes.ts';
import { PlainSource } from './plain-source.ts';

const BYTES = Uint8Array.from({ length: 5_000_000 }, (_, at) => at % 251);

/** A file of the origin-private file system. `access`: whether it gives access handles. */
function keptFile(access: 'given' | 'refused' | 'none' | 'gone' | 'unreadable'): {
  file: KeptFile;
  opened: () => number;
} {
  let opened = 0;
  const handle = {
    async createSyncAccessHandle() {
      if (access === 'refused' || access === 'gone')
        throw new DOMException('another thread has it', 'NoModificationAllowedError');
      opened++;
      return {
        read(buffer: Uint8Array, { at }: { at: number }) {
          if (access === 'unreadable') throw new DOMException('the disk failed', 'InvalidStateError');
          const read = BYTES.subarray(at, at + buffer.length);
          buffer.set(read);
          return read.length;
        },
        close: () => opened--,
      };
    },
    async getFile() {
      if (access === 'gone') throw new DOMException('it was deleted', 'NotFoundError');
      return new Blob([BYTES]);
    },
  };
  const given: Partial<typeof handle> = handle;
  if (access === 'none') delete given.createSyncAccessHandle;
  const file = {
    handle: given as unknown as FileSystemFileHandle,
    name: 'a.json',
    start: 0,
    size: BYTES.length,
  };
  return { file, opened: () => opened };
}

for (const access of ['given', 'refused', 'none'] as const) {
  test(`a kept file, and a range of it, are read in order and in pieces with access handles ${access}`, async () => {
    const { file, opened } = keptFile(access);
    const range = rangeOf(file, 1000, 4_000_000) as KeptFile;
    for (const [kept, expected] of [
      [file, BYTES],
      [range, BYTES.subarray(1000, 4_001_000)],
    ] as const) {
      const source = new PlainSource(keptBytes(kept));
      expect(source.fileBytes).toBe(expected.length);
      let at = 0;
      for await (const slice of source.slices()) {
        expect(Buffer.compare(slice, expected.subarray(at, at + slice.length))).toBe(0);
        at += slice.length;
      }
      expect(at).toBe(expected.length);
      const [middle, end] = await source.read([
        { offset: 700, length: 20 },
        { offset: expected.length - 5, length: 20 },
      ]);
      expect(middle).toEqual(expected.slice(700, 720));
      expect(end).toEqual(expected.slice(-5));
    }
    // Otherwise the file could not be replaced or deleted.
    await Promise.resolve();
    expect(opened()).toBe(0);
  });
}

for (const access of ['gone', 'unreadable'] as const) {
  test(`an error names the file that is ${access}, and no handle stays open`, async () => {
    const { file, opened } = keptFile(access);
    const reading = keptBytes(file).read(0, 10);
    await expect(reading).rejects.toMatchObject({ problem: { code: 'unreadable-file', file: 'a.json' } });
    expect(opened()).toBe(0);
  });
}
