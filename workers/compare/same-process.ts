import type { ClassTable, HeapSnapshot } from '../model/heap-snapshot.ts';
import { withThousands } from '../protocol/digits.ts';
import type { Count } from '../protocol/units.ts';
import type { Matching } from './match-objects.ts';

/** Whether two dumps are of one process, and the reason. */
export interface ProcessEvidence {
  same: boolean;
  /** A sentence. */
  reason: string;
}

/**
 * Share of classes at the same address above which two dumps are from one process. Different processes have different
 * addresses for all classes; in one process only compaction moves classes, and unloading is rare.
 */
const SHARED_CLASSES = 0.5;
/** Minimum number of named classes for a decision. */
const FEWEST_CLASSES = 5;
/** Without classes: share of the smaller dump's objects that have to match. */
const SHARED_OBJECTS = 0.05;

/**
 * Whether two dumps are from one process, which shows in classes and modules with the same name and address in both:
 * they usually live as long as their process. O(classes log pages).
 */
export function processEvidence(
  earlier: HeapSnapshot,
  later: HeapSnapshot,
  matching: Matching,
): ProcessEvidence {
  return evidenceOfClasses(earlier, later) ?? byObjects(earlier, later, matching);
}

/**
 * The process of each dump as a number, as far as versions and classes reveal it. A dump with hardly any classes is
 * assigned to the process of the previous dump; one of a heap that was compacted in between, to a new one. O(dumps ×
 * processes × classes).
 */
export function processesOf(snapshots: readonly HeapSnapshot[]): number[] {
  const processes: number[] = [];
  /** The latest dump of each process. */
  const latest: HeapSnapshot[] = [];
  for (const snapshot of snapshots) {
    const evidenceByProcess = latest.map(other => evidenceOfClasses(other, snapshot));
    const known = evidenceByProcess.findIndex(evidence => evidence?.same === true);
    const previous = processes.at(-1);
    const process =
      known >= 0
        ? known
        : previous !== undefined && evidenceByProcess[previous] === null
          ? previous
          : latest.length;
    latest[process] = snapshot;
    processes.push(process);
  }
  return processes;
}

/** What word size, version and classes show; null if there are too few classes. */
function evidenceOfClasses(earlier: HeapSnapshot, later: HeapSnapshot): ProcessEvidence | null {
  if (earlier.pages.shift !== later.pages.shift) {
    return { same: false, reason: 'One dump is of a 32-bit Ruby, and the other is not.' };
  }
  const versions = [earlier.facts.runtimeVersion, later.facts.runtimeVersion] as const;
  if (areDisjoint(...versions)) {
    return { same: false, reason: `They are of different Rubies: ${versions[0]} and ${versions[1]}.` };
  }
  const named = Math.min(namedClasses(earlier), namedClasses(later));
  if (named < FEWEST_CLASSES) return null;
  const shared = sharedClasses(earlier, later);
  const counts = `${countOf(shared)} of ${countOf(named)} named classes and modules`;
  if (shared >= SHARED_CLASSES * named) {
    return { same: true, reason: `${counts} have the same address and name in both dumps.` };
  }
  return {
    same: false,
    reason: `Only ${counts} have the same address and name in both dumps: they are of different processes, or the heap was compacted in between.`,
  };
}

/** For partial dumps, which have hardly any classes. */
function byObjects(earlier: HeapSnapshot, later: HeapSnapshot, { matched }: Matching): ProcessEvidence {
  const smaller = Math.min(earlier.objects, later.objects);
  const counts = `${countOf(matched)} of ${countOf(smaller)} objects`;
  if (matched > 0 && matched >= SHARED_OBJECTS * smaller) {
    return { same: true, reason: `${counts} are the same in both dumps, which have few classes.` };
  }
  return {
    same: false,
    reason: `The dumps have few classes in common, and only ${counts} are the same in both.`,
  };
}

function namedClasses({ classes }: HeapSnapshot): Count {
  return classes.name.reduce((count, name) => count + (name === 0 ? 0 : 1), 0);
}

function sharedClasses(earlier: HeapSnapshot, later: HeapSnapshot): Count {
  const rows = rowsByObject(earlier.classes);
  const { classes, pages, keys, strings } = later;
  let shared = 0;
  for (let row = 0; row < classes.object.length; row++) {
    if (classes.name[row] === 0) continue;
    const other = earlier.pages.objectAtAddress(pages.address(keys[classes.object[row]!]!));
    const its = rows.get(other);
    if (its === undefined) continue;
    if (earlier.strings.text(earlier.classes.name[its]!) === strings.text(classes.name[row]!)) shared++;
  }
  return shared;
}

function rowsByObject({ object }: ClassTable): Map<number, number> {
  return new Map(Array.from(object, (each, row) => [each, row]));
}

/**
 * Whether two versions, or ranges of versions ("3.2 – 3.4"), do not overlap. A version that cannot be read overlaps
 * all.
 */
function areDisjoint(one: string, other: string): boolean {
  const [a, b] = [rangeOf(one), rangeOf(other)];
  return a !== null && b !== null && (a.to < b.from || b.to < a.from);
}

function rangeOf(version: string): { from: number; to: number } | null {
  const numbers = [...version.matchAll(/(\d+)\.(\d+)/g)].map(
    ([, major, minor]) => Number(major) * 1000 + Number(minor),
  );
  const [from, to = from] = numbers;
  return from === undefined || to === undefined ? null : { from, to };
}

function countOf(count: Count): string {
  return withThousands(count);
}
