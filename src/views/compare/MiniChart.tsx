import { oneLine } from '../../format/names.ts';
import styles from './CompareView.module.css';

interface MiniChartProps {
  values: readonly number[];
  /** Names of the dumps, one for each value. */
  names: readonly string[];
  /** What the values are: "Shallow size", "Objects". */
  label: string;
  format: (value: number) => string;
  /** The value at the upper edge, if several charts share a scale; by default the largest value. */
  most?: number;
}

const WIDTH_PX = 130;
const HEIGHT_PX = 44;
const DOT_PX = 2.5;

/** A small line chart over the dumps that starts at 0, with its first and last value. */
export function MiniChart({ values, names, label, format, most = Math.max(...values) }: MiniChartProps) {
  const scale = (HEIGHT_PX - 2 * DOT_PX) / Math.max(most, 1);
  const step = (WIDTH_PX - 2 * DOT_PX) / Math.max(1, values.length - 1);
  const points = values.map((value, at) => ({
    x: DOT_PX + at * step,
    y: HEIGHT_PX - DOT_PX - value * scale,
  }));
  const line = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const [first, last] = [values[0] ?? 0, values.at(-1) ?? 0];
  const said = values.map((value, at) => `${oneLine(names[at] ?? '')} ${format(value)}`).join(', ');
  return (
    <figure className={styles.mini}>
      <figcaption>{label}</figcaption>
      <svg width={WIDTH_PX} height={HEIGHT_PX} role="img" aria-label={`${label}: ${said}`}>
        <line x1={0} x2={WIDTH_PX} y1={HEIGHT_PX - 0.5} y2={HEIGHT_PX - 0.5} className={styles.miniAxis} />
        <polyline points={line} className={styles.miniLine} />
        {points.map(({ x, y }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: only the position of its dump identifies a dot.
          <circle key={at} cx={x} cy={y} r={DOT_PX} className={styles.miniDot}>
            <title>{`${oneLine(names[at] ?? '')}: ${format(values[at]!)}`}</title>
          </circle>
        ))}
      </svg>
      <p className={styles.miniEnds}>
        <span>{format(first)}</span>
        <span>{format(last)}</span>
      </p>
    </figure>
  );
}
