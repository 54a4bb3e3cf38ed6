import { describe, expect, it } from 'vitest';
import type { LoadProgress } from '../../../workers/protocol/progress.ts';
import { fractionOfLoads, loadFigures, overallFraction, STAGES, stageName } from './stages.ts';

const progress: LoadProgress = {
  stage: 'reading',
  stageFraction: 0.5,
  readBytes: 5 * 1024 ** 2,
  fileBytes: 10 * 1024 ** 2,
  textBytes: 80 * 1024 ** 2,
  objects: 12_480,
  elapsedMs: 900,
  bytesPerSecond: 90 * 1024 ** 2,
  remainingMs: 2100,
  estimatedMemoryBytes: null,
  preview: null,
};

describe('the stages of a load', () => {
  it('add up to one bar that never goes back and ends full', () => {
    let before = -1;
    for (const { stage } of STAGES) {
      for (const stageFraction of [0, 0.3, 1]) {
        const fraction = overallFraction({ ...progress, stage, stageFraction });
        expect(fraction).toBeGreaterThanOrEqual(before);
        before = fraction;
      }
    }
    expect(before).toBeCloseTo(1);
    expect(overallFraction(null)).toBe(0);
  });

  it('continue after decompression, if there was any', () => {
    const unpacking = { ...progress, stage: 'unpacking', stageFraction: 1 } as const;
    expect(overallFraction({ ...unpacking, stageFraction: 0 })).toBe(0);
    const reading = { ...progress, unpacked: true, stageFraction: 0 } as const;
    expect(overallFraction(reading)).toBe(overallFraction(unpacking));
    expect(overallFraction({ ...reading, stage: 'retained', stageFraction: 1 })).toBeCloseTo(1);
    expect(stageName(unpacking)).toBe('Unpacking');
    expect(loadFigures(unpacking)).toHaveLength(4);
  });

  it('are shown with the known figures', () => {
    const plain = (load: LoadProgress | null) =>
      loadFigures(load).map(text => text.replaceAll('\u00a0', ' '));
    expect(stageName(progress)).toBe('Reading records');
    expect(plain(progress)).toEqual([
      '5.00 MiB of 10.0 MiB',
      '12,480 objects',
      '90.0 MiB/s',
      'about 3 s left',
    ]);
    expect(plain({ ...progress, stage: 'linking', remainingMs: null })).toEqual([
      '5.00 MiB of 10.0 MiB',
      '12,480 objects',
    ]);
    expect(plain(null)).toEqual([]);
  });
});

describe('the progress of several loads', () => {
  const load = (fileBytes: number, isDone: boolean, stageFraction?: number) => ({
    loadId: 1,
    name: 'a.json',
    fileBytes,
    isDone,
    progress: stageFraction === undefined ? null : { ...progress, fileBytes, stageFraction },
  });

  it('counts each file by its size', () => {
    expect(fractionOfLoads([load(100, true), load(300, false)])).toBeCloseTo(0.25);
    expect(fractionOfLoads([load(100, true), load(300, false, 1), load(600, false)])).toBeCloseTo(
      0.1 + 0.3 * 0.72,
    );
  });

  it('counts files equally where a size is not known', () => {
    expect(fractionOfLoads([load(100, true), load(0, false)])).toBeCloseTo(0.5);
    expect(fractionOfLoads([])).toBe(0);
  });
});
