import { PROFILE_FILES } from '../../../workers/protocol/profile-formats.ts';
import styles from './Landing.module.css';

/** The other formats that can be dropped. */
export function WhatOpens() {
  return (
    <section>
      <h2>What else can be dropped</h2>
      <p>
        Files are told by their content, whatever they are called; any of them may be packed with gzip or
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
