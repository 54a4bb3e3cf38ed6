import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asText } from '../files/layers/record-marks.ts';
import { rubyImporter } from '../importers/ruby/ruby-importer.ts';
import { ProblemError } from '../protocol/errors.ts';
import { fixture, open } from '../testing/profiles/read-text.ts';
import { inclusive, treeTotal } from './model/call-tree.ts';
import type { Opened } from './model/profile.ts';
import { sniffProfile } from './open-profile.ts';
import { headOf } from './reading/head.ts';
import { PROFILE_FORMATS } from './registry.ts';
import { profileReport } from './report.ts';

const FILES = readdirSync(fileURLToPath(new URL('../../e2e/fixtures/formats/', import.meta.url))).filter(
  name => !/totals\.json$|README/.test(name),
);

/** A cut file must be read up to the cut, or refused with a message. */
async function openOrRefuse(bytes: Uint8Array): Promise<Opened | ProblemError> {
  try {
    return await open(bytes);
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
}

describe.each(FILES)('%s', name => {
  const bytes = fixture(name);

  test('is recognised by its content, and not as a heap dump', async () => {
    expect(rubyImporter.sniff(asText(bytes))).toBe(false);
    const format = sniffProfile(bytes, 'file');
    expect(format).not.toBeNull();
    expect((await open(bytes)).formatId).toBe(format!.id);
  });

  test('is read without damage, and the sums of its trees are consistent', async () => {
    const opened = await open(bytes);
    expect(opened.damage).toEqual({ lines: 0, first: [] });
    if (opened.kind === 'series') {
      expect(opened.series.x.values.length).toBeGreaterThan(0);
      return;
    }
    for (const tree of opened.trees) {
      for (const [node, parent] of tree.parent.entries()) expect(parent).toBeLessThan(Math.max(1, node));
      for (const weight of tree.weights) {
        expect(weight.self.length).toBe(tree.parent.length);
        expect(inclusive(tree, weight.self)[0]).toBeCloseTo(treeTotal(weight), 3);
      }
    }
  });

  test('gives the same result however it is cut into slices', async () => {
    const whole = profileReport(await open(bytes), 1000);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 8 }), async positions => {
        const cuts = [...new Set(positions)].sort((a, b) => a - b);
        expect(profileReport(await open(bytes, cuts), 1000)).toEqual(whole);
      }),
      { numRuns: 8 },
    );
  });

  test('is read up to the cut, or refused with a message, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), async length => {
        const opened = await openOrRefuse(bytes.subarray(0, length));
        if (opened instanceof ProblemError) expect(opened.problem.advice).not.toBe('');
        else expect(() => profileReport(opened, 10)).not.toThrow();
      }),
      { numRuns: 40 },
    );
  });

  test('survives noise anywhere', async () => {
    const noise = fc.uint8Array({ minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), noise, async (at, garbage) => {
        const noisy = bytes.slice();
        noisy.set(garbage.subarray(0, bytes.length - at), at);
        const opened = await openOrRefuse(noisy);
        if (!(opened instanceof ProblemError)) expect(() => profileReport(opened, 10)).not.toThrow();
      }),
      { numRuns: 40 },
    );
  });

  test('is not slowed down by a line of a hundred thousand characters', async () => {
    for (const noise of [' ', '1', '==1== 1', '{a: ']) {
      const line = new TextEncoder().encode(`\n${noise.repeat(100_000 / noise.length)}\n`);
      const noisy = new Uint8Array(bytes.length + line.length);
      noisy.set(bytes);
      noisy.set(line, bytes.length);
      const opened = await openOrRefuse(noisy);
      if (!(opened instanceof ProblemError)) expect(() => profileReport(opened, 10)).not.toThrow();
    }
  });
});

test('each file is claimed by one format, in whatever order formats are tried', () => {
  for (const name of FILES) {
    const head = headOf(fixture(name), name);
    const claims = PROFILE_FORMATS.filter(format => format.sniff(head)).map(format => format.id);
    expect(claims, name).toHaveLength(1);
  }
});

test('lists what can be opened if a file is unknown', async () => {
  await expect(open('just some words\n')).rejects.toThrow('not a heap dump, profile, report or series');
  expect(sniffProfile(new TextEncoder().encode('just some words\n'), 'notes.txt')).toBeNull();
});
