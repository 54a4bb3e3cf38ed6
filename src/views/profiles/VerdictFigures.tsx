import type { ProfileInfo } from '../../../workers/protocol/profile-questions.ts';
import { formatAmount } from '../../format/amounts.ts';
import { formatCount, formatCountOf } from '../../format/counts.ts';
import styles from './Profiles.module.css';

/** A rate below one must not be rounded to zero. */
function formatSmall(value: number, unit: string): string {
  if (value === 0 || Math.abs(value) >= 1) return formatAmount(value, unit);
  return `${Number(value.toPrecision(3))}${unit === 'bytes' ? '\u00a0B' : ''}`;
}

/** Whether memory grows, in words, and the figures behind the verdict. */
export function VerdictFigures({ series }: { series: NonNullable<ProfileInfo['series']> }) {
  const { verdict, columns } = series;
  if (verdict === null) {
    return <p className={styles.verdict}>No column of this file shows whether memory grows.</p>;
  }
  const unit = columns.find(({ name }) => name === verdict.column)?.unit ?? 'count';
  const { per } = verdict;
  const rate = (slope: number) => `${formatSmall(slope * per.x, unit)} per ${per.name}`;
  const figures: [string, string][] = [
    ['Column', verdict.column],
    ['Points', formatCount(verdict.points)],
    ['Growth', rate(verdict.slope)],
    ['in the first half', rate(verdict.firstHalfSlope)],
    ['in the second half', rate(verdict.secondHalfSlope)],
    ['Level at the end', formatAmount(verdict.plateau, unit)],
    ['Noise', formatAmount(verdict.noise, unit)],
  ];
  const { steps } = verdict;
  if (steps.length > 0) figures.push(['Jumps', formatCountOf(steps.length, 'jump')]);
  return (
    <section aria-label="Verdict">
      <p className={styles.verdict}>{verdict.words}</p>
      <dl className={styles.totals}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
