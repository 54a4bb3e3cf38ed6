import type { ObjectDetails } from '../../../workers/protocol/object-details.ts';
import { formatCountOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { Defined } from '../../widgets/Defined.tsx';
import styles from './Inspector.module.css';
import { Section } from './Section.tsx';

/** Maximum number of dangling references that are listed; a damaged or partial dump can have very many. */
const LISTED_DANGLING = 200;

/** Every field of the record except its references, and the dangling references. */
export function RecordFields({ details }: { details: ObjectDetails }) {
  const { danglingReferences: dangling, selfReferences } = details;
  return (
    <>
      {dangling.length > 0 && (
        <Section title={formatCountOf(dangling.length, 'dangling reference')}>
          <p className={styles.quiet}>
            <Defined term="danglingReferences">Not in this dump</Defined>, so nothing more is known about:
          </p>
          <ul className={styles.addresses}>
            {[...new Set(dangling)].slice(0, LISTED_DANGLING).map(address => (
              <li key={address}>
                <code>{address}</code>
              </li>
            ))}
          </ul>
          {dangling.length > LISTED_DANGLING && (
            <p className={styles.quiet}>and {formatCountOf(dangling.length - LISTED_DANGLING, 'other')}.</p>
          )}
        </Section>
      )}
      <Section title="Record">
        <dl className={styles.fields}>
          {details.fields.map(({ name, value }, index) => (
            // A record may hold a key twice.
            // biome-ignore lint/suspicious/noArrayIndexKey: fields neither move nor change.
            <div key={index}>
              <dt>{oneLine(name)}</dt>
              <dd>{oneLine(value)}</dd>
            </div>
          ))}
          {selfReferences > 0 && (
            <div>
              <dt>
                <Defined term="selfReferences" />
              </dt>
              <dd>{selfReferences}</dd>
            </div>
          )}
        </dl>
      </Section>
    </>
  );
}
