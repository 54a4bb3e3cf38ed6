import { IMPORTERS } from '../../importers/registry.ts';
import { rubyImporter } from '../../importers/ruby/ruby-importer.ts';
import { loadSnapshot } from '../../loading/load.ts';
import { scanHere } from '../../loading/scan.ts';
import type { Outcome } from '../../protocol/errors.ts';
import type { SnapshotInfo } from '../../protocol/snapshot-info.ts';
import { HeapSession } from '../../service/heap-session.ts';
import { bytesSource } from '../bytes-source.ts';
import { type ReadSnapshot, readSnapshot } from '../snapshot-columns.ts';
import type { Random } from './random.ts';

/** The ways to read a dump in given slices. */
export interface Reader {
  /** Opens it in a session, as the page and the report do. */
  open(
    bytes: Uint8Array,
    cuts: readonly number[],
  ): Promise<{ session: HeapSession; outcome: Outcome<SnapshotInfo> }>;
  /** Reads it in the same way into columns. Throws a `ProblemError` if the outcome of {@link open} is a problem. */
  columns(bytes: Uint8Array, cuts: readonly number[]): Promise<ReadSnapshot>;
  /** Reads UTF-8 without detecting the kind of file: no slices are joined before the reader gets them. */
  sliced(bytes: Uint8Array, cuts: readonly number[]): Promise<ReadSnapshot>;
}

/** Heapscape's own reader. */
export const READER: Reader = {
  async open(bytes, cuts) {
    const session = new HeapSession();
    const options = { loadId: 1, name: 'fuzz.json' };
    return { session, outcome: await session.openSource(bytesSource(bytes, cuts), options, () => undefined) };
  },
  async columns(bytes, cuts) {
    const source = bytesSource(bytes, cuts);
    const rules = { referencesOnly: false, availableBytes: Number.POSITIVE_INFINITY, importers: IMPORTERS };
    const input = { source, scan: scanHere.bind(null, source) };
    return await loadSnapshot(input, rules, { cancelled: false }, () => undefined);
  },
  sliced: (bytes, cuts) => readSnapshot(bytes, { cuts }),
};

/** Name of the format that {@link Reader.sliced} reads. */
export const SLICED_FORMAT = rubyImporter.vocabulary.format;

/** Where slices end: few large ones or many small ones, and slices of one byte in one place. At most about `most`. */
export function randomCuts(random: Random, length: number, most = random.chance(0.1) ? 1000 : 150): number[] {
  if (length < 2) return [];
  const cuts = new Set<number>();
  const smallest = Math.max(1, Math.floor(length / most));
  const largest = Math.max(smallest, random.pick([7, 64, 1000, 5000, length]));
  for (let at = random.below(largest); at < length; at += random.between(smallest, largest)) cuts.add(at);
  const stretch = random.below(length);
  for (let at = stretch; at < Math.min(length, stretch + 30); at++) cuts.add(at);
  cuts.delete(0);
  return [...cuts].sort((a, b) => a - b);
}
