import type { Head } from './reading/head.ts';

interface Relative {
  what: string;
  advice: string;
  test: RegExp;
}

/** Text related to a format that is not the file with its numbers. */
const RELATIVES: readonly Relative[] = [
  {
    what: 'the output of ms_print',
    advice: 'Open the massif.out file that it was made from.',
    test: /^Command: .*\nMassif arguments: /m,
  },
  {
    what: 'the output of heaptrack_print',
    advice: 'Open the heaptrack file that it was made from.',
    test: /^MOST CALLS TO ALLOCATION FUNCTIONS$|^calls to allocation functions: \d+/m,
  },
  {
    what: 'a table that jeprof or pprof printed',
    advice:
      'Open the .heap file that it was made from, or its collapsed stacks ("jeprof --collapsed PROGRAM FILE").',
    test: /^Total: [\d.]+ (?:B|MB|objects)\n\s*[\d.]+ +[\d.]+% +[\d.]+%/m,
  },
  {
    what: 'the output of go tool pprof',
    advice: 'Open the .pb.gz file that it was made from.',
    test: /^Showing nodes accounting for |^PeriodType: .*\nPeriod: \d+$/m,
  },
  {
    what: 'a callgrind profile of instructions',
    advice: 'It counts time and not memory: run valgrind with --xtree-memory=full instead.',
    test: /^creator: callgrind|^events: Ir\b/m,
  },
  {
    what: 'a callgrind file of another program',
    advice:
      'Of these, Valgrind’s xtree files are read. Have the program write collapsed stacks ("a;b;c 123").',
    test: /^# callgrind format$|^events: \w+$/m,
  },
  {
    what: 'messages of gperftools',
    advice: 'Open the .heap files that they name.',
    test: /^Dumping heap profile to |Perftools heap leak checker|^Starting tracking the heap$/m,
  },
  {
    what: 'what the kernel says of a process at one moment',
    advice: 'Take it again and again: lines such as "2024-01-01 12:00:00 rss=123456", or the output of ps.',
    test: /^VmRSS:\s|^\d+: {3}\S.*\nAddress +Kbytes +RSS/m,
  },
  {
    what: 'the generation.info of heap-profiler',
    advice: 'Drop the whole folder, with its .heap files.',
    test: /^\d{1,9}$(?![\s\S])/,
  },
  {
    what: 'what DHAT prints at its end',
    advice: 'Open the dhat.out file that it names.',
    test: /DHAT, a dynamic heap analysis tool|^dhat: Total: /m,
  },
  {
    what: 'the memory map of a process',
    advice: 'It has no call sites and no times: take a heap dump, or a series of ps lines.',
    test: /^[0-9a-f]+-[0-9a-f]+ [-rwxps]{4} [0-9a-f]+ /m,
  },
  {
    what: 'a trace of method calls by rbtrace',
    advice: 'It has times and no memory: have rbtrace write a heap dump, or print GC.stat.',
    test: /^\*\*\* attached to process \d+$/m,
  },
];

/** What an unrecognised text resembles, and which file to open instead; null if nothing is known. */
export function resemblance(head: Head): { what: string; advice: string } | null {
  return RELATIVES.find(each => each.test.test(head.text.slice(0, 1 << 16))) ?? null;
}
