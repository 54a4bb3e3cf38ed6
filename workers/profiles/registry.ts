import { allocationTracer, countTable, lifetimeTable } from './allocation-tracer/allocation-tracer.ts';
import { collapsed } from './collapsed/collapsed.ts';
import { derailedMem } from './derailed/require-tree.ts';
import type { ProfileFormat } from './format.ts';
import { gcProfiler } from './gc-profiler/gc-profiler.ts';
import { heapText, symbolizedHeap } from './heap-text/heap-text.ts';
import { heaptrack } from './heaptrack/heaptrack.ts';
import { heapyDiff } from './heapy/diff.ts';
import { heapyRead } from './heapy/read.ts';
import { jemallocStats, jemallocStatsJson } from './jemalloc-stats/jemalloc-stats.ts';
import { mallocEvents } from './macos/all-events.ts';
import { mallocBySize, mallocCallTree } from './macos/call-lists.ts';
import { macosHeap } from './macos/heap.ts';
import { leaks } from './macos/leaks.ts';
import { memoryProfiler, memoryProfilerJson } from './memory-profiler/memory-profiler.ts';
import { dockerStats } from './memory-series/container-stats.ts';
import { gcStat } from './memory-series/gc-stat.ts';
import { psOutput } from './memory-series/process-lists.ts';
import { memoryCsv, memoryNumbers } from './memory-series/tables.ts';
import { memsizeOfAll, objectSpace } from './object-space/object-space.ts';
import { pprof } from './pprof/pprof.ts';
import type { Head } from './reading/head.ts';
import { sigdump } from './sigdump/sigdump.ts';
import { dhat } from './valgrind/dhat.ts';
import { massif } from './valgrind/massif.ts';
import { memcheckLog } from './valgrind/memcheck-log.ts';
import { memcheckXml } from './valgrind/memcheck-xml.ts';
import { xtree } from './valgrind/xtree.ts';

/** All formats, in the order in which they are tried: more specific ones first. */
export const PROFILE_FORMATS: readonly ProfileFormat[] = [
  pprof,
  heaptrack,
  massif,
  dhat,
  memcheckXml,
  memcheckLog,
  xtree,
  symbolizedHeap,
  heapText,
  jemallocStatsJson,
  jemallocStats,
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
  mallocEvents,
  mallocBySize,
  mallocCallTree,
  leaks,
  macosHeap,
  psOutput,
  dockerStats,
  memoryCsv,
  memoryNumbers,
  gcStat,
  collapsed,
];

/** The format of a file, or null. */
export function formatOf(head: Head): ProfileFormat | null {
  return PROFILE_FORMATS.find(format => format.sniff(head)) ?? null;
}

/** All formats, for an error message. */
export function formatsInWords(): string {
  return [...new Set(PROFILE_FORMATS.map(format => format.label))].join(', ');
}
