import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selfByStack } from '../../testing/profiles/random-stacks.ts';
import { open, profileIn } from '../../testing/profiles/read-text.ts';

const sizes = fc.record({
  allocated: fc.integer({ min: 1, max: 1e9 }),
  unused: fc.nat(1e8),
  metadata: fc.nat(1e8),
  dirty: fc.nat(1e8),
  mapped: fc.nat(1e9),
  retained: fc.nat(1e9),
});

test('reads back random statistics, as text and as JSON, and shows what is resident', async () => {
  await fc.assert(
    fc.asyncProperty(
      sizes,
      fc.boolean(),
      async ({ allocated, unused, metadata, dirty, mapped, retained }, json) => {
        const active = allocated + unused;
        const resident = active + metadata + dirty;
        const text = json
          ? JSON.stringify({
              jemalloc: {
                version: '5.3.0',
                stats: { allocated, active, metadata, resident, mapped, retained },
              },
            })
          : `___ Begin jemalloc statistics ___\nVersion: "5.3.0-0"\nAllocated: ${allocated}, active: ${active}, metadata: ${metadata} (n_thp 0), resident: ${resident}, mapped: ${mapped}, retained: ${retained}\nAllocated: 1, active: 2\n--- End jemalloc statistics ---\n`;
        const { totals, trees } = await profileIn(text);
        expect(totals).toEqual({
          liveBytes: allocated,
          allocatedBytes: allocated,
          activeBytes: active,
          metadataBytes: metadata,
          residentBytes: resident,
          mappedBytes: mapped,
          retainedBytes: retained,
        });
        const parts = Object.values(selfByStack(trees[0]!, 'residentBytes'));
        expect(parts.reduce((sum, bytes) => sum + bytes, 0)).toBe(resident);
      },
    ),
  );
});

test('JSON has the blocks of each size', async () => {
  const text = JSON.stringify({
    jemalloc: {
      arenas: { bin: [{ size: 8 }, { size: 16 }], lextent: [{ size: 16384 }] },
      stats: { allocated: 100 },
      'stats.arenas': { merged: { bins: [{ curregs: 3 }, { curregs: 0 }], lextents: [{ curlextents: 2 }] } },
    },
  });
  const { trees, totals } = await profileIn(text);
  expect(selfByStack(trees[1]!, 'liveBytes')).toEqual({ '8 bytes': 24, '16384 bytes': 32768 });
  expect(totals.liveBlocks).toBe(5);
});

test('says what is missing in a file that was cut off', async () => {
  await expect(open('___ Begin jemalloc statistics ___\nVersion: "5.3.0"\n')).rejects.toThrow(
    'no line "Allocated',
  );
  await expect(open('{"jemalloc":{"version":"5.3.0"}}')).rejects.toThrow('no "stats"');
});
