/**
 * Opens a file twice, as two dumps of a process in which everything survived. Prints as JSON how long it took to read
 * one of them, and to match and compare the two. Run by `measure-programs.ts` in a separate process.
 */
import { compareSeries } from '../../workers/compare/compare.ts';
import { Identities } from '../../workers/compare/identities.ts';
import { matchObjects } from '../../workers/compare/match-objects.ts';
import { Series, type SeriesMember } from '../../workers/compare/series.ts';
import { openFile } from '../../workers/files/node-byte-source.ts';
import { IMPORTERS } from '../../workers/importers/registry.ts';
import { loadSnapshot } from '../../workers/loading/load.ts';
import { scanHere } from '../../workers/loading/scan.ts';
import { immediately, runToEnd } from '../../workers/model/steps.ts';
import type { SeriesFigures } from './results.ts';

const path = process.argv[2]!;
let scanMs = Number.POSITIVE_INFINITY;
const members: SeriesMember[] = [];
for (const id of [1, 2]) {
  const { source, close } = await openFile(path);
  const scan: Parameters<typeof loadSnapshot>[0]['scan'] = async (onProgress, availableBytes) => {
    const start = performance.now();
    const scanned = await scanHere(source, onProgress, availableBytes);
    scanMs = Math.min(scanMs, performance.now() - start);
    return scanned;
  };
  const rules = { referencesOnly: false, availableBytes: Number.POSITIVE_INFINITY, importers: IMPORTERS };
  const { snapshot, retention } = await loadSnapshot(
    { source, scan },
    rules,
    { cancelled: false },
    () => undefined,
  );
  await close();
  const whole = { isSinceDump: false, incomplete: [], grouped: () => immediately(null) };
  members.push({ id, name: `${id}`, snapshot, retention: () => retention, ...whole });
}

const identities = new Identities();
const [earlier, later] = members.map(({ snapshot }) => ({ snapshot, identities: identities.of(snapshot) }));
const matching = performance.now();
const { matched } = runToEnd(matchObjects(earlier!, later!));
const comparing = performance.now();
runToEnd(compareSeries(new Series(members), 200));
const figures: SeriesFigures = {
  objects: matched,
  scanMs,
  matchMs: comparing - matching,
  compareMs: performance.now() - comparing,
};
process.stdout.write(JSON.stringify(figures));
