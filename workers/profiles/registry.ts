import { allocationTracer, countTable, lifetimeTable } from './allocation-tracer/allocation-tracer.ts';
import { derailedMem } from './derailed/require-tree.ts';
import type { ProfileFormat } from './format.ts';
import { gcProfiler } from './gc-profiler/gc-profiler.ts';
import { heapyDiff } from './heapy/diff.ts';
import { heapyRead } from './heapy/read.ts';
import { memoryProfiler, memoryProfilerJson } from './memory-profiler/memory-profiler.ts';
import { gcStat } from './memory-series/gc-stat.ts';
import { memoryCsv, memoryNumbers, psOutput } from './memory-series/tables.ts';
import { memsizeOfAll, objectSpace } from './object-space/object-space.ts';
import type { Head } from './reading/head.ts';
import { sigdump } from './sigdump/sigdump.ts';
import { massif } from './valgrind/massif.ts';

/** All formats, in the order in which they are tried: the more special first. One line a format. */
export const PROFILE_FORMATS: readonly ProfileFormat[] = [
  massif,
  memoryProfilerJson,
  memoryProfiler,
  derailedMem,
  heapyDiff,
  heapyRead,
  sigdump,
  gcProfiler,
  allocationTracer,
  lifetimeTable,
  countTable,
  objectSpace,
  memsizeOfAll,
  psOutput,
  memoryCsv,
  memoryNumbers,
  gcStat,
];

/** The format of a file, or null. */
export function formatOf(head: Head): ProfileFormat | null {
  return PROFILE_FORMATS.find(format => format.sniff(head)) ?? null;
}

/** All formats, for an error message. */
export function formatsInWords(): string {
  return PROFILE_FORMATS.map(format => format.label).join(', ');
}
