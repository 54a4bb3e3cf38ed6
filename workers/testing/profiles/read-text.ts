import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Opened, Profile, SeriesFile } from '../../profiles/model/profile.ts';
import { openProfile } from '../../profiles/open-profile.ts';
import { bytesSource } from '../bytes-source.ts';

const FIXTURES = fileURLToPath(new URL('../../../e2e/fixtures/formats/', import.meta.url));

/** The bytes of a fixture, decompressed. */
export function fixture(name: string): Uint8Array {
  const stored = readFileSync(`${FIXTURES}${name}`);
  return new Uint8Array(stored[0] === 0x1f && stored[1] === 0x8b ? gunzipSync(stored) : stored);
}

/** The text of a fixture. */
export function fixtureText(name: string): string {
  return new TextDecoder().decode(fixture(name));
}

/** The totals that the tools themselves printed when the fixtures were made. */
export function nativeTotals(): Record<string, Record<string, number>> {
  return JSON.parse(fixtureText('native-totals.json'));
}

/** Opens a text, or bytes, like a file, in slices that end at `cuts`. */
export function open(content: string | Uint8Array, cuts: readonly number[] = []): Promise<Opened> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return openProfile(bytesSource(bytes, cuts), { onProgress: () => undefined });
}

/** Opens a profile; throws if it is something else. */
export async function profileIn(content: string | Uint8Array): Promise<Profile> {
  const opened = await open(content);
  if (opened.kind !== 'profile') throw new Error(`a ${opened.kind} of format ${opened.formatId}`);
  return opened;
}

/** Opens a series; throws if it is something else. */
export async function seriesIn(content: string | Uint8Array): Promise<SeriesFile> {
  const opened = await open(content);
  if (opened.kind !== 'series') throw new Error(`a ${opened.kind} of format ${opened.formatId}`);
  return opened;
}
