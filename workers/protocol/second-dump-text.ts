import { withThousands } from './digits.ts';
import type { SecondDump } from './import-report.ts';

/** Says that a file holds two dumps, and how to extract the second; two sentences. */
export function secondDumpText({ line, offset, records }: SecondDump): string {
  const count = records === 1 ? '1 record' : `${withThousands(records)} records`;
  return `The file holds two dumps, and the first is shown. The second begins at line ${withThousands(line)} (${count}): tail -c +${offset + 1} of the text writes it to a file of its own.`;
}
