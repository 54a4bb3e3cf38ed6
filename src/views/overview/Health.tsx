import type { HealthPart } from '../../../workers/protocol/overview.ts';
import { formatBytes, formatExactBytes } from '../../format/bytes.ts';
import { formatShare, shareOf } from '../../format/counts.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { Defined } from '../../widgets/Defined.tsx';
import figures from '../../widgets/figures.module.css';
import styles from './OverviewView.module.css';

/** The parts in the order of the bar, each in the colour of a similar family. */
const PARTS: readonly { part: HealthPart; name: string; means: string; family: string }[] = [
  { part: 'payload', name: 'text and numbers', means: 'what the program stores', family: 'text' },
  { part: 'references', name: 'references', means: 'from one object to another', family: 'list' },
  { part: 'headers', name: 'headers', means: 'flags and class of each object', family: 'internal' },
  { part: 'code', name: 'code', means: 'classes, methods and caches of the runtime', family: 'class' },
  {
    part: 'rest',
    name: 'room and tables',
    means: 'hash tables, immediate values, spare capacity, data of extensions',
    family: 'mixed',
  },
];

/** What the bytes of the heap or of the set are used for, as one bar. */
export function Health() {
  const { data } = useAnswer('health', {}, { lane: 'health' });
  if (data === null || data.shallowBytes === 0) return null;
  const { bytes, shallowBytes } = data;
  const parts = PARTS.filter(({ part }) => bytes[part] > 0);
  return (
    <section>
      <h3 className={styles.sectionTitle}>
        <Defined term="health">What the bytes are for</Defined>
      </h3>
      <div className={styles.bar} aria-hidden>
        {parts.map(({ part, name, family }) => (
          <span
            key={part}
            className={figures.family}
            data-family={family}
            style={{ flexGrow: bytes[part] }}
            title={`${name}: ${formatExactBytes(bytes[part])}`}
          />
        ))}
      </div>
      <ul className={styles.legend} aria-label="What the bytes are for">
        {parts.map(({ part, name, means, family }) => (
          <li key={part} className={styles.part} title={`${means}; ${formatExactBytes(bytes[part])}`}>
            <span className={`${figures.dot} ${figures.family}`} data-family={family} />
            {name}
            <span className={styles.quiet}>
              {formatBytes(bytes[part])} · {formatShare(shareOf(bytes[part], shallowBytes))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
