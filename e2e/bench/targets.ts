import { applicationHeap } from './heaps/application.ts';
import { VARIANTS } from './heaps/variants.ts';
import type { BenchResults, FileFigures, Round } from './results.ts';
import { median, percentile } from './statistics.ts';

/** A target and its measured figure. */
export interface Target {
  file: string;
  what: string;
  /** The measured figure: a ratio, or milliseconds. NaN if it could not be measured. */
  figure: number;
  unit: 'x' | 'ms';
  /** `most`: the figure may be at most the limit; `least`: it must be at least that. */
  bound: 'most' | 'least';
  limit: number;
}

const BYTES_PER_OBJECT = 60;
const BYTES_PER_REFERENCE = 9;
const KEPT_LIMIT = 0.1;
/** The native tool that the engine should be faster than, by its name as a peer. */
const HARB = 'harb';

/** Whether a target is met; null if it could not be measured. */
export function holds({ figure, bound, limit }: Target): boolean | null {
  if (Number.isNaN(figure)) return null;
  return bound === 'most' ? figure <= limit : figure >= limit;
}

/** All targets that apply to the measured files. */
export function targetsOf(results: BenchResults): Target[] {
  return results.files.flatMap(file => [
    ...speedTargets(file),
    ...memoryTargets(file),
    ...localityTargets(file, results.files),
    ...pageTargets(file),
    ...latencyTargets(file),
    ...seriesTargets(file),
  ]);
}

/** The median over all rounds of a figure that is computed from one round. */
export function medianOf(file: FileFigures, figure: (round: Round) => number): number {
  return median(file.rounds.map(figure));
}

export function objectsOf(file: FileFigures): number {
  return file.rounds[0]?.load.info.objects ?? Number.NaN;
}

export function referencesOf(file: FileFigures): number {
  return file.rounds[0]?.load.references ?? Number.NaN;
}

/** Nanoseconds per reference for all stages after the scan: linking, dominators, retained sizes. */
export function graphNsPerReference(file: FileFigures): number {
  return medianOf(file, ({ load }) => ((load.totalMs - load.linkingMs) * 1e6) / Math.max(1, load.references));
}

function speedTargets(file: FileFigures): Target[] {
  const target = makerFor(file);
  const toFloor = medianOf(file, ({ load, floor }) => load.totalMs / floor.ms);
  if (file.compressed) return [target('every retained size / inflating alone', toFloor, 'most', 1.3)];
  if (isSpecial(file)) return [];
  const toParse = medianOf(file, ({ load, baseline }) => load.totalMs / baseline.ms);
  const peer = file.peers.find(({ name }) => name === HARB);
  const millions = objectsOf(file) / 1e6;
  const targets = [target('every retained size / read floor', toFloor, 'most', millions > 10 ? 2.5 : 2)];
  if (millions < 2) {
    const node = median(file.nodeReport.ms) / median(file.nodeBaseline.ms);
    targets.push(
      target('every retained size / JSON.parse loop', toParse, 'most', 0.6),
      target('report under Node / JSON.parse loop', node, 'most', 0.5),
    );
  } else if (peer !== undefined) {
    const faster = median(peer.ms) / medianOf(file, ({ load }) => load.totalMs);
    targets.push(target(`${HARB} / every retained size`, faster, 'least', 3));
  }
  return targets;
}

/** Matching two dumps should take less time than scanning one of them. */
function seriesTargets(file: FileFigures): Target[] {
  if (file.series.length === 0) return [];
  const ratio = median(file.series.map(({ matchMs, scanMs }) => matchMs / scanMs));
  return [makerFor(file)('matching two dumps / scanning one', ratio, 'most', 1)];
}

/** Whether this is one of the heaps that are made to be hard, to which only some targets apply. */
function isSpecial({ name }: FileFigures): boolean {
  return VARIANTS.some(variant => variant.name === name && variant.plan !== applicationHeap);
}

function memoryTargets(file: FileFigures): Target[] {
  const target = makerFor(file);
  const allowed = BYTES_PER_OBJECT * objectsOf(file) + BYTES_PER_REFERENCE * referencesOf(file);
  const settled = medianOf(file, ({ memory }) => memory.settledBytes ?? Number.NaN);
  const peak = medianOf(file, ({ memory }) => memory.peakBytes ?? Number.NaN);
  // Memory still in use after cancelled loads and garbage collection; some of it is the browser's own.
  const kept = percentile(
    file.cancels.flatMap(({ keptBytes }) => (keptBytes === null ? [] : [Math.max(0, keptBytes)])),
    1,
  );
  const targets = [
    target('kept after cancelling / settled memory', kept / settled, 'most', KEPT_LIMIT),
    target('settled memory / 60 B an object + 9 B a reference', settled / allowed, 'most', 1),
    target('peak memory / settled memory', peak / settled, 'most', 1.8),
  ];
  if (objectsOf(file) > 10e6) {
    targets.push(target('peak memory / file', peak / file.fileBytes, 'most', 0.5));
  }
  return targets;
}

/** Compared with the application's heap of the same number of objects, if that was measured. */
function localityTargets(file: FileFigures, files: readonly FileFigures[]): Target[] {
  if (file.name !== 'poor') return [];
  const good = files.find(({ name }) => name === '5m');
  if (good === undefined) return [];
  const ratio = graphNsPerReference(file) / graphNsPerReference(good);
  return [makerFor(file)('graph stages a reference / those of 5m', ratio, 'most', 3)];
}

function pageTargets(file: FileFigures): Target[] {
  const target = makerFor(file, 'ms');
  const first = median(file.app.map(({ firstOverviewMs }) => firstOverviewMs));
  const longest = median(file.app.map(({ longestTaskMs }) => longestTaskMs));
  return [
    target('first overview visible', first, 'most', 300),
    target('longest task of the main thread', longest, 'most', 50),
  ];
}

/** The number of objects up to which the limits on questions apply. */
const LATENCY_OBJECTS = 6e6;
/** Limits for the slowest twentieth of the calls of a question. */
const LATENCY_LIMITS_MS: readonly [question: string, limitMs: number][] = [
  ['groups: window, sorted anew', 100],
  ['objects: window', 100],
  ['objects: first sort', 400],
  ['groups: first of each key', 500],
  ['groups: of a new set', 500],
  ['group tree of a new set', 500],
  ['generations of a new set', 500],
  ['filter by text', 250],
  ['retainer path', 50],
  ['dominator tree', 100],
  ['next paths: one more', 300],
  ['freed by a cut', 500],
];
/** Limits for merging the paths of one million objects, and of five. */
const MERGED_PATHS_LIMITS_MS = { one: 1000, five: 3000 } as const;
const CANCEL_LIMIT_MS = 250;

function latencyTargets(file: FileFigures): Target[] {
  const target = makerFor(file, 'ms');
  const slowest = percentile(
    file.cancels.flatMap(({ ms }) => (ms === null ? [] : [ms])),
    1,
  );
  const limits = objectsOf(file) > LATENCY_OBJECTS ? [] : LATENCY_LIMITS_MS;
  return [
    ...limits.flatMap(([question, limitMs]) => {
      const found = file.latencies.find(one => one.question === question);
      return found === undefined
        ? []
        : [target(`${question}, p95`, percentile(found.ms, 0.95), 'most', limitMs)];
    }),
    ...(limits.length === 0 ? [] : mergedPathsTargets(file)),
    target('cancelled, slowest stage', slowest, 'most', CANCEL_LIMIT_MS),
  ];
}

function mergedPathsTargets(file: FileFigures): Target[] {
  const question = 'merged paths of a new set';
  const found = file.latencies.find(one => one.question === question);
  if (found === undefined) return [];
  const limit = MERGED_PATHS_LIMITS_MS[objectsOf(file) > 2e6 ? 'five' : 'one'];
  return [makerFor(file, 'ms')(`${question}, p95`, percentile(found.ms, 0.95), 'most', limit)];
}

function makerFor(file: FileFigures, unit: Target['unit'] = 'x') {
  return (what: string, figure: number, bound: Target['bound'], limit: number): Target => ({
    file: file.name,
    what,
    figure,
    unit,
    bound,
    limit,
  });
}
