import { describe, expect, it } from 'vitest';
import { fixtureDump } from '../../testing/fixture-dumps.ts';
import { CODE_TWINS } from '../../testing/twins/code.ts';
import { COLLECTION_TWINS } from '../../testing/twins/collections.ts';
import { GROWTH_TWINS } from '../../testing/twins/growth.ts';
import { HEAVY_TWINS } from '../../testing/twins/heavy.ts';
import { KEPT_TWINS } from '../../testing/twins/kept.ts';
import { twinDifferences } from '../../testing/twins/twin-findings.ts';
import { WASTE_TWINS } from '../../testing/twins/waste.ts';

const ALL = [
  ...WASTE_TWINS,
  ...COLLECTION_TWINS,
  ...KEPT_TWINS,
  ...CODE_TWINS,
  ...GROWTH_TWINS,
  ...HEAVY_TWINS,
];

describe('findings are what their twins find in', () => {
  it.each(['ruby-3.1', 'ruby-3.4-wasm-since', 'ruby-4.0-wasm'])(
    '%s',
    async name => {
      const foundByKind = new Map<string, number>();
      expect(await twinDifferences(fixtureDump(name), ALL, foundByKind)).toEqual([]);
      expect(Math.max(...foundByKind.values())).toBeGreaterThan(0);
    },
    60_000,
  );
});
