import type { GenerationBytes } from '../../../workers/protocol/findings.ts';
import { formatBytes } from '../../format/bytes.ts';
import styles from './FindingCard.module.css';

const WIDTH_PX = 160;
const HEIGHT_PX = 36;
/** With more generations, several are combined into one bar. */
const MOST_BARS = 80;

/** Bytes by generation as a row of small bars. */
export function SparkBars({ generations, bytes }: GenerationBytes) {
  const first = generations[0] ?? 0;
  const last = generations.at(-1) ?? 0;
  const bars = barsOf({ generations, bytes });
  const largest = Math.max(...bars, 1);
  const label = `Retained bytes by generation of allocation, from ${first} to ${last}; at most ${formatBytes(largest)} in a bar`;
  return (
    <figure className={styles.spark}>
      <svg width={WIDTH_PX} height={HEIGHT_PX} role="img" aria-label={label}>
        <path d={pathOf(bars, largest)} />
      </svg>
      <figcaption className={styles.quiet}>
        generations {first}–{last}
      </figcaption>
    </figure>
  );
}

/** The bars as one SVG path. */
function pathOf(bars: readonly number[], largest: number): string {
  const width = WIDTH_PX / bars.length;
  return bars
    .map((value, index) => {
      const height = value === 0 ? 0 : Math.max(1, (value / largest) * HEIGHT_PX);
      return `M${index * width} ${HEIGHT_PX}v${-height}h${Math.max(1, width - 1)}v${height}z`;
    })
    .join('');
}

/** One bar for each generation from the first to the last, or for several generations. */
function barsOf({ generations, bytes }: GenerationBytes): number[] {
  const first = generations[0] ?? 0;
  const span = (generations.at(-1) ?? 0) - first + 1;
  const perBar = Math.ceil(span / MOST_BARS);
  const bars = new Array<number>(Math.ceil(span / perBar)).fill(0);
  for (const [index, generation] of generations.entries()) {
    bars[Math.floor((generation - first) / perBar)]! += bytes[index]!;
  }
  return bars;
}
