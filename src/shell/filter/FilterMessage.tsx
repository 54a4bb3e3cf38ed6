import type { FilterProblem } from '../../../workers/protocol/filter/filter.ts';
import { classNames } from '../../widgets/class-names.ts';
import styles from './FilterInput.module.css';

/** Characters of the filter that are shown before and after the marked part. */
const AROUND = 24;

/** An error in a filter, or a warning about what it probably does not mean, with the position marked. */
export function FilterMessage({
  text,
  problem: { from, to, message },
  tone,
}: {
  text: string;
  problem: FilterProblem;
  tone: 'danger' | 'info';
}) {
  const start = Math.max(0, from - AROUND);
  const end = Math.min(text.length, to + AROUND);
  // At the end of the text there is only an empty position to mark.
  const marked = text.slice(from, to) || '\u00a0';
  return (
    <p role={tone === 'danger' ? 'alert' : 'status'} className={classNames(styles.message, styles[tone])}>
      <code className={styles.excerpt}>
        {start > 0 ? '…' : ''}
        {text.slice(start, from)}
        <mark>{marked}</mark>
        {text.slice(to, end)}
        {end < text.length ? '…' : ''}
      </code>
      <span>
        {tone === 'danger' ? `At character ${from + 1}: ` : ''}
        {message}
      </span>
    </p>
  );
}
