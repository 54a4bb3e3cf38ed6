import { formatBytes } from '../../format/bytes.ts';
import styles from './CompareView.module.css';

const HEIGHT_PX = 16;
const WIDTH_PX = 64;

/** A bar for each dump, the largest as high as the row; warm if it grew from the previous dump, cool if it shrank. */
export function Spark(props: { values: readonly number[]; format?: (value: number) => string }) {
  const { values, format = formatBytes } = props;
  const most = Math.max(...values, 1);
  const step = WIDTH_PX / values.length;
  const gap = step > 6 ? 2 : step > 3 ? 1 : 0;
  return (
    <svg
      className={styles.spark}
      width={WIDTH_PX}
      height={HEIGHT_PX}
      role="img"
      aria-label={values.map(format).join(', ')}
    >
      {values.map((value, at) => {
        const height = value === 0 ? 0 : Math.max(1, (value / most) * HEIGHT_PX);
        const before = values[at - 1];
        const change = before === undefined || before === value ? 'none' : value > before ? 'grew' : 'shrank';
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: only the position of its dump identifies a bar.
            key={at}
            className={styles.sparkBar}
            data-change={change}
            x={at * step}
            y={HEIGHT_PX - height}
            width={Math.max(1, step - gap)}
            height={height}
          />
        );
      })}
    </svg>
  );
}
