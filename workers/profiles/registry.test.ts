import { expect, test } from 'vitest';
import { PROFILE_FILES } from '../protocol/profile-formats.ts';
import { PROFILE_FORMATS } from './registry.ts';

test('the landing page lists every format, by the name in the registry', () => {
  const listed = PROFILE_FILES.flatMap(({ files }) => files);
  expect(listed.toSorted()).toEqual([...new Set(PROFILE_FORMATS.map(({ label }) => label))].sort());
});
