import { expect, test } from 'vitest';
import { gzipFuzz } from './gzip-fuzz.ts';

test('gzip files of all kinds are read as zlib reads them, in any pieces', async () => {
  const result = await gzipFuzz(20_261_127, 400);
  expect(result.failure).toBeNull();
  expect(result).toMatchObject({ files: 400, damaged: 400 });
  expect(result.mended).toBeGreaterThan(50);
});
