import { REPORT_USAGE } from '../report.ts';
import { CHECK_USAGE } from './check.ts';
import { INDEX_USAGE } from './index-file.ts';
import { OPEN_USAGE } from './open.ts';
import { REDACT_USAGE } from './redact.ts';

const USAGES: Record<string, string> = {
  open: OPEN_USAGE,
  report: REPORT_USAGE,
  check: CHECK_USAGE,
  redact: REDACT_USAGE,
  index: INDEX_USAGE,
};

/** How a command is called, in one line. */
export function usageOf(command: string): string {
  return USAGES[command] ?? '';
}

export const HELP = `Heapscape: what fills a Ruby heap, and what keeps it alive.

  ${USAGES.open}
      Serves the page on this machine alone and opens it in the browser with the dumps loaded, until Ctrl+C.
  ${USAGES.report}
      Prints the numbers of a dump, a profile or a series as JSON; of a dump also as one HTML file or as Markdown.
  ${USAGES.check}
      Compares dumps with a budget, for CI: prints what is over it, and why.
  ${USAGES.redact}
      Writes a copy without the texts of strings: each is replaced by its length and a keyed hash. OUT.gz is compressed.
  ${USAGES.index}
      Writes the finished index of a dump, without texts of strings: it opens in a fraction of the time.

  --help       this text
  --version    the version

FILE is a heap dump (ObjectSpace.dump_all), plain or compressed; - is the standard input.
Exit status: 0 done, 1 a budget is exceeded, 2 the command was not understood or a file could not be read.
`;
