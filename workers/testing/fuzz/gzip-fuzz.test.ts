import { expect, test } from 'vitest';
import { gzipFuzz } from './gzip-fuzz.ts';

test('gzip files of every shape have the text that zlib has, however they are read', async () => {
  const result = await gzipFuzz(20_261_127, 400);
  expect(result.failure).toBeNull();
  expect(result).toMatchObject({ files: 400, damaged: 400 });
  expect(result.mended).toBeGreaterThan(50);
});
