import type { Problem } from './errors.ts';

/**
 * The problem of a file in no known format: what it looks like, and what can be dropped instead. `heap`: why it is not
 * a heap dump.
 */
export function unknownFile(heap: Problem): Problem {
  const kinds = PROFILE_FILES.map(({ files }) => files.slice(0, 2).join(', '));
  return { ...heap, advice: `${heap.advice} Reports of other tools open, too, such as ${kinds.join('; ')}.` };
}

/**
 * The formats that can be opened besides heap dumps, for the first page, by the names of their tools. A test keeps it
 * in sync with the worker's registry, whose parsers the page does not load.
 */
export const PROFILE_FILES: readonly { holds: string; files: readonly string[] }[] = [
  {
    holds: 'Which gem or line allocates',
    files: [
      'memory_profiler or heap-profiler report',
      'memory_profiler results as JSON',
      'derailed bundle:mem or perf:mem',
      'heapy read or derailed perf:heap',
      'heapy diff or derailed perf:heap_diff',
      'allocation_tracer result',
      'allocation_tracer lifetime table',
      'allocation_tracer count table',
      'sigdump file',
    ],
  },
  {
    holds: 'What Ruby counts',
    files: ['ObjectSpace counts', 'ObjectSpace.memsize_of_all', 'GC::Profiler report'],
  },
  {
    holds: 'Whether memory grows',
    files: [
      'GC.stat or memory series',
      'table of GC.stat or memory (CSV)',
      'derailed perf:mem_over_time, or one size a line',
      'ps or top output with RSS',
      'docker stats',
    ],
  },
  {
    holds: 'What C code holds',
    files: [
      'Valgrind massif',
      'Valgrind memcheck log',
      'Valgrind memcheck XML',
      'Valgrind xtree',
      'DHAT',
      'heaptrack',
      'gperftools, jemalloc or Go heap profile',
      'symbolized heap profile (pprof --raw)',
      'jemalloc statistics',
      'jemalloc statistics as JSON',
      'macOS malloc_history -allEvents',
      'macOS malloc_history -allBySize or -allByCount',
      'macOS malloc_history -callTree',
      'macOS leaks',
      'macOS heap',
    ],
  },
  { holds: 'What anything else allocates', files: ['pprof profile', 'collapsed stacks'] },
];
