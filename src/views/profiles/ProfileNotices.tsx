import type { ProfileInfo } from '../../../workers/protocol/profile-questions.ts';
import { formatAmount, formatExactAmount } from '../../format/amounts.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { Notice } from '../../widgets/Notice.tsx';
import styles from './Profiles.module.css';

/** Caveats about the numbers: lines that could not be read, data missing from the file, sampling. */
export function ProfileNotices({ profile }: { profile: ProfileInfo }) {
  const { damage, missing, notes } = profile;
  if (damage.lines === 0 && missing.length === 0 && notes.length === 0) return null;
  return (
    <div className={styles.notices}>
      {damage.lines > 0 && (
        <Notice tone="warn">
          <details className={styles.details}>
            <summary>
              {formatCountOf(damage.lines, 'line')} could not be read and {damage.lines === 1 ? 'is' : 'are'}{' '}
              not counted.
            </summary>
            <ul>
              {damage.first.map(({ line, text, why }) => (
                <li key={line}>
                  line {line}: {why}: <code>{oneLine(text)}</code>
                </li>
              ))}
            </ul>
          </details>
        </Notice>
      )}
      {missing.length > 0 && (
        <Notice tone="warn">
          {missing.map(({ total, amount, why }) => (
            <p key={`${total} ${why}`}>
              {formatExactAmount(amount, unitOfTotal(total))} of {inWords(total)} are missing: {why}.
            </p>
          ))}
        </Notice>
      )}
      {notes.length > 0 && (
        <Notice>
          {notes.map(note => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
    </div>
  );
}

/** The file's own description, and histograms of sizes or ages. */
export function AboutFile({ profile }: { profile: ProfileInfo }) {
  const { histograms } = profile;
  const details = [
    ...profile.details,
    { label: 'File', value: formatBytes(profile.fileBytes) },
    { label: 'Memory while it is open', value: formatBytes(profile.memoryBytes) },
  ];
  return (
    <details className={styles.about}>
      <summary>{aboutTitle(histograms)}</summary>
      <div className={styles.aboutParts}>
        <dl>
          {details.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{oneLine(value)}</dd>
            </div>
          ))}
        </dl>
        {histograms.map(histogram => (
          <Histogram key={histogram.label} histogram={histogram} />
        ))}
      </div>
    </details>
  );
}

/** Maximum number of histograms named in the title; allocation_tracer has one for each type of object. */
const NAMED_HISTOGRAMS = 2;

/** The title names the contents, so that histograms can be found. */
function aboutTitle(histograms: ProfileInfo['histograms']): string {
  const named = histograms.slice(0, NAMED_HISTOGRAMS).map(({ label }) => label);
  const more = histograms.length > named.length ? ['…'] : [];
  return ['About this file', ...named, ...more].join(' · ');
}

function Histogram({ histogram }: { histogram: ProfileInfo['histograms'][number] }) {
  const { label, unit, from, count } = histogram;
  const most = Math.max(1, ...count);
  const used = count.flatMap((times, at) => (times > 0 ? [at] : []));
  return (
    <table className={styles.histogram}>
      <caption>{label}</caption>
      <tbody>
        {used.map(at => (
          <tr key={from[at]}>
            <th scope="row">from {formatAmount(from[at]!, unit)}</th>
            <td>{formatCount(count[at]!)}</td>
            <td className={styles.bar} aria-hidden>
              <span style={{ width: `${(100 * count[at]!) / most}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The totals of a file with their names. */
export function ProfileTotals({ profile }: { profile: ProfileInfo }) {
  const totals = Object.entries(profile.totals);
  if (totals.length === 0) return null;
  return (
    <dl className={styles.totals} aria-label="Totals">
      {totals.map(([name, value]) => (
        <div key={name}>
          <dt>{inWords(name)}</dt>
          <dd title={formatExactAmount(value, unitOfTotal(name))}>
            {formatExactAmount(value, unitOfTotal(name))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** `allocatedBytes` as "allocated bytes". */
function inWords(total: string): string {
  return total.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}

/** The unit follows from the name of a total. */
function unitOfTotal(total: string): string {
  return total.endsWith('Bytes') ? 'bytes' : 'count';
}
