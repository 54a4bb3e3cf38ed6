import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeapSession } from '../../service/heap-session.ts';
import { fixture } from '../../testing/profiles/read-text.ts';
import { concatenated, skippableFrame, zstdFrame } from '../../testing/zstd-frames.ts';
import { blobBytes } from '../stored-bytes.ts';
import { unpackedBlob } from './unpacked-blob.ts';
import { isZstd } from './zstd-reader.ts';

const PACKED = fileURLToPath(new URL('../../../e2e/fixtures/heaptrack.zst', import.meta.url));

async function unpacked(bytes: Uint8Array<ArrayBuffer>) {
  const { blob, damage } = await unpackedBlob(blobBytes(new Blob([bytes]), 'a.zst'), () => undefined);
  return { bytes: new Uint8Array(await blob.arrayBuffer()), damage };
}

describe('a zstd file', () => {
  test('is unpacked, whatever its frames and blocks', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.uint8Array({ maxLength: 2000 }), fc.integer({ min: 1, max: 999 })), {
          minLength: 1,
        }),
        async texts => {
          const frames = texts.flatMap(([text, block]) => [
            zstdFrame(text, block),
            skippableFrame(block % 50),
          ]);
          expect(await unpacked(concatenated(frames))).toEqual({
            bytes: concatenated(texts.map(([text]) => text)),
            damage: null,
          });
        },
      ),
      { numRuns: 30 },
    ));

  test('that another program packed is the same text as the gzip file', async () => {
    const stored = new Uint8Array(readFileSync(PACKED));
    expect(await isZstd(blobBytes(new Blob([stored]), ''))).toBe(true);
    expect(await unpacked(stored)).toEqual({ bytes: fixture('heaptrack.gz'), damage: null });
  });

  test('that was cut is unpacked up to there, and says so; or that nothing can be', async () => {
    const whole = Uint8Array.from({ length: 900 }, (_, at) => at % 251);
    const frame = zstdFrame(whole, 300);
    for (let length = 4; length < frame.length; length += 13) {
      const cut = unpacked(frame.slice(0, length));
      if (length < 6 + 3 + 300) {
        await expect(cut, `${length}`).rejects.toThrow('was cut short');
        continue;
      }
      const { bytes, damage } = await cut;
      expect(damage).toBe(`The zstd file was cut short: it ends at byte ${length}, before its stream does.`);
      expect(bytes).toEqual(whole.subarray(0, bytes.length));
    }
  });

  test('that is damaged in the middle says where', async () => {
    const frame = zstdFrame(new Uint8Array(3 << 20).fill(65), 1 << 16);
    // The type of a block that there is not.
    frame[6 + 40 * (3 + (1 << 16))]! |= 6;
    const { bytes, damage } = await unpacked(frame);
    expect(bytes.length).toBeLessThanOrEqual(40 << 16);
    expect(damage).toMatch(/^The zstd stream is damaged behind byte \d+ \(.+\); what follows is lost\.$/);
  });

  test('of a heap or a profile opens as such', async () => {
    const session = new HeapSession();
    const options = (loadId: number) => ({ loadId, name: 'a.zst' });
    const dump =
      '{"type":"ROOT","root":"vm","references":["0x28"]}\n{"address":"0x28","type":"OBJECT","memsize":40}\n';
    const text = new TextEncoder().encode(dump);
    const heap = await session.open(new Blob([zstdFrame(text)]), options(1), () => undefined);
    expect(heap).toMatchObject({ ok: true, value: { objects: 1 } });
    const cut = await session.open(new Blob([zstdFrame(text).slice(0, -5)]), options(2), () => undefined);
    expect(cut).toMatchObject({ ok: false });
    const profile = await session.openProfile(new Blob([readFileSync(PACKED)]), options(3), () => undefined);
    expect(profile).toMatchObject({ ok: true, value: { format: 'heaptrack' } });
  });
});
