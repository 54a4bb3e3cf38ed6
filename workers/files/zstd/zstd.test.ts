import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeapSession } from '../../service/heap-session.ts';
import { fixture } from '../../testing/profiles/read-text.ts';
import { concatenated, skippableFrame, xxh64, zstdFrame } from '../../testing/zstd-frames.ts';
import { blobBytes } from '../stored-bytes.ts';
import { Checksum } from './checksum.ts';
import { FrameEnds } from './frame-ends.ts';
import { unpackedBlob } from './unpacked-blob.ts';
import { isZstd } from './zstd-reader.ts';

const PACKED = fileURLToPath(new URL('../../../e2e/fixtures/heaptrack.zst', import.meta.url));

async function unpacked(bytes: Uint8Array<ArrayBuffer>) {
  const { blob, damage } = await unpackedBlob(blobBytes(new Blob([bytes]), 'a.zst'), () => undefined);
  return { bytes: new Uint8Array(await blob.arrayBuffer()), damage };
}

describe('a zstd file', () => {
  test('is unpacked, with any frames and blocks', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.uint8Array({ maxLength: 2000 }), fc.integer({ min: 1, max: 999 }), fc.boolean()),
          {
            minLength: 1,
          },
        ),
        async texts => {
          const frames = texts.flatMap(([text, block, withChecksum]) => [
            zstdFrame(text, block, withChecksum),
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

  test('that was cut is unpacked up to the cut and reported, or refused if nothing can be unpacked', async () => {
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

  test('whose text is not what was packed is reported, and the other frames are read', async () => {
    const texts = ['first ', 'second ', 'third'].map(text => new TextEncoder().encode(text.repeat(20)));
    const frames = texts.map(text => zstdFrame(text, 50, true));
    frames[1]![6 + 3 + 10]! ^= 1;
    const { bytes, damage } = await unpacked(concatenated(frames));
    expect(bytes.length).toBe(concatenated(texts).length);
    expect(new TextDecoder().decode(bytes)).toMatch(/^(first ){20}.*(third){20}$/);
    const end = frames[0]!.length + frames[1]!.length;
    expect(damage).toMatch(
      new RegExp(`^The text of the zstd stream that ends at byte ${end} does not match`),
    );
  });

  test('has the checksum of the specification, which changes with every byte', () => {
    // From the specification's own test vectors.
    expect(xxh64(new Uint8Array())).toBe(0xef46db3751d8e999n);
    const checksum = new Checksum();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (text, cut) => {
        checksum.add(text.subarray(0, cut));
        checksum.add(text.subarray(cut));
        expect(checksum.take()).toBe(Number(xxh64(text) & 0xffffffffn));
      }),
    );
  });

  test('is cut into frames, whatever the pieces', () => {
    const file = concatenated([
      skippableFrame(9),
      zstdFrame(new Uint8Array(100), 33, true),
      skippableFrame(0),
      zstdFrame(new Uint8Array(0)),
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat(file.length), { maxLength: 6 }), cuts => {
        const ends = new FrameEnds();
        const found: number[] = [];
        let start = 0;
        for (const cut of [...cuts.sort((a, b) => a - b), file.length]) {
          const piece = file.subarray(start, cut);
          for (let at = 0; at < piece.length; ) {
            const part = ends.next(piece, at);
            at = part.end;
            if (part.isLast) found.push(start + at);
          }
          start = cut;
        }
        const lengths = [17, 6 + 3 * 4 + 100 + 4, 8, 6 + 3];
        expect(found).toEqual(lengths.map((_, at) => lengths.slice(0, at + 1).reduce((a, b) => a + b)));
        expect(ends.isBetweenFrames).toBe(true);
      }),
    );
  });

  test('that is damaged in the middle is reported with the place', async () => {
    const frame = zstdFrame(new Uint8Array(3 << 20).fill(65), 1 << 16);
    // A block type that does not exist.
    frame[6 + 40 * (3 + (1 << 16))]! |= 6;
    const { bytes, damage } = await unpacked(frame);
    expect(bytes.length).toBeLessThanOrEqual(40 << 16);
    expect(damage).toMatch(/^The zstd stream is damaged after byte \d+ \(.+\); what follows is lost\.$/);
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

  test('is unpacked only once to be tried as a heap and then opened as a profile', async () => {
    const packed = zstdFrame(new TextEncoder().encode('main;work;leaf 1\n'.repeat(70_000)), 1 << 12);
    let reads = 0;
    class Counted extends Blob {
      override slice(from?: number, to?: number): Blob {
        if (from === 1 << 20) reads++;
        return super.slice(from, to);
      }
    }
    const file = new Counted([packed]);
    const session = new HeapSession();
    const heap = await session.open(file, { loadId: 1, name: 'a.zst' }, () => undefined);
    expect(heap).toMatchObject({ ok: false, problem: { code: 'not-a-dump' } });
    const opened = await session.openProfile(file, { loadId: 1, name: 'a.zst' }, () => undefined);
    expect(opened).toMatchObject({ ok: true, value: { totals: { samples: 70_000 } } });
    expect(reads).toBe(1);
    // A later load may be of another file with that name.
    await session.openProfile(file, { loadId: 2, name: 'a.zst' }, () => undefined);
    expect(reads).toBe(2);
  });
});
