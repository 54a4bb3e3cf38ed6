import { PROFILE_FILES } from '../../../workers/protocol/profile-formats.ts';
import styles from './Landing.module.css';

/** The other formats that can be dropped. */
export function SupportedFormats() {
  return (
    <section>
      <h2>What else can be dropped</h2>
      <p>
        Files are recognized by their content, not by their names; any of them may be compressed with gzip or
        zstd.
      </p>
      <details className={styles.details}>
        <summary>Profiles, reports and series</summary>
        <dl>
          {PROFILE_FILES.map(({ holds, files }) => (
            <div key={holds}>
              <dt>
                <strong>{holds}</strong>
              </dt>
              <dd>{files.join(' · ')}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
