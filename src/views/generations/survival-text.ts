import type { GenerationChart, GenerationSeries } from '../../../workers/protocol/generations.ts';
import type { Bytes } from '../../../workers/protocol/units.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatShare } from '../../format/counts.ts';

/**
 * What survived, in words: how old the older half of the traced bytes is, which generation is largest, and what is in
 * it. Empty if nothing is traced.
 */
export function survivalText({ generations, series }: GenerationChart): string {
  const totals = Array.from(generations, (_, at) =>
    series.reduce((sum, { bytes }) => sum + (bytes[at] ?? 0), 0),
  );
  const whole = totals.reduce((sum, bytes) => sum + bytes, 0);
  const newest = generations.at(-1);
  if (newest === undefined || whole === 0) return '';
  let older = 0;
  const half = totals.findIndex(bytes => {
    older += bytes;
    return older >= whole / 2;
  });
  const age = newest - generations[half]!;
  const survived =
    age === 0
      ? 'Half of the traced bytes belong to the newest generation.'
      : `Half of the traced bytes survived at least ${formatCount(age)} more ${age === 1 ? 'GC run' : 'GC runs'} after they were allocated.`;
  const fattest = totals.indexOf(Math.max(...totals));
  const share = formatShare(totals[fattest]! / whole);
  return `${survived} The largest generation is ${formatCount(generations[fattest]!)} with ${formatBytes(totals[fattest]!)}, ${share} of them${partText(series, fattest, totals[fattest]!)}.`;
}

/** Names the largest part of a generation; empty if a group that is not drawn may be larger. */
function partText(series: GenerationChart['series'], at: number, total: Bytes): string {
  const bytesOf = (each: GenerationSeries) => each.bytes[at] ?? 0;
  const [main] = series.filter(({ kind }) => kind === 'group').toSorted((a, b) => bytesOf(b) - bytesOf(a));
  if (main?.label == null) return '';
  const others = series.reduce((sum, each) => sum + (each.kind === 'group' ? 0 : bytesOf(each)), 0);
  const bytes = bytesOf(main);
  if (bytes === 0 || bytes < others) return '';
  return `, ${bytes > total / 2 ? 'most' : 'the largest part'} of it ${main.label} (${formatBytes(bytes)})`;
}
