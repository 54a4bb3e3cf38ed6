import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../protocol/errors.ts';
import { PlainSource } from './plain-source.ts';
import { FILLED_BYTES } from './slice-sizes.ts';
import { blobBytes, type StoredBytes } from './stored-bytes.ts';

/** Bytes that differ at the places where slices may be cut. */
function someBytes(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >>> 8)) & 0xff);
}

/** The concatenated slices, each copied before the next one is requested. */
async function textOf(source: PlainSource): Promise<Uint8Array> {
  const slices: Uint8Array[] = [];
  for await (const slice of source.slices()) {
    slices.push(slice.slice());
    expect(source.position).toBe(slices.reduce((sum, each) => sum + each.length, 0));
  }
  return new Uint8Array(Buffer.concat(slices));
}

const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

describe('PlainSource', () => {
  const lengths = [0, 1, FILLED_BYTES - 1, FILLED_BYTES, FILLED_BYTES + 1, 3 * FILLED_BYTES + 12_345];

  it('has the bytes of the file in order, by filling buffers and piece by piece', async () => {
    for (const length of lengths) {
      const bytes = someBytes(length);
      const stored = blobBytes(new Blob([bytes]), 'a.json');
      expect(isSame(await textOf(new PlainSource(stored)), bytes)).toBe(true);
      expect(isSame(await textOf(new PlainSource({ ...stored, inOrder: () => null })), bytes)).toBe(true);
    }
  });

  it('fills its buffer, however little each read returns', async () => {
    const bytes = someBytes(FILLED_BYTES * 2 + 77);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 1, max: 400_000 })), async sizes => {
        let at = 0;
        const blob = new Blob([bytes]);
        blob.stream = () => {
          const stream = new ReadableStream({
            type: 'bytes',
            pull(controller) {
              const view = controller.byobRequest!.view!;
              const given = bytes.subarray(at, at + Math.min(view.byteLength, sizes.next().value!));
              if (given.length === 0) {
                controller.close();
                controller.byobRequest!.respond(0);
                return;
              }
              new Uint8Array(view.buffer, view.byteOffset).set(given);
              at += given.length;
              controller.byobRequest!.respond(given.length);
            },
          });
          return stream as ReadableStream<Uint8Array<ArrayBuffer>>;
        };
        expect(isSame(await textOf(new PlainSource(blobBytes(blob, 'a.json'))), bytes)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('reports a file that became shorter, or can no longer be read', async () => {
    const shrunk: StoredBytes = { ...blobBytes(new Blob(['abc']), 'a.json'), length: 10 };
    await expect(textOf(new PlainSource(shrunk))).rejects.toThrow(ProblemError);
    const gone = new Blob(['abc']);
    gone.stream = () =>
      new ReadableStream({
        type: 'bytes',
        pull: () => Promise.reject(new DOMException('it was changed', 'NotReadableError')),
      });
    await expect(textOf(new PlainSource(blobBytes(gone, 'a.json')))).rejects.toMatchObject({
      problem: { code: 'unreadable-file', file: 'a.json' },
    });
  });
});
