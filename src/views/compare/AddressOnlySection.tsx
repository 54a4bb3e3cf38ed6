import { useState } from 'react';
import type { AddressOnly, Comparison } from '../../../workers/protocol/comparison.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf } from '../../format/counts.ts';
import { CheckField } from '../../widgets/Field.tsx';
import styles from './CompareView.module.css';

const DIFFERENCES: Readonly<Record<AddressOnly['different'][number]['by'], string>> = {
  'type or class': 'of another type or class',
  'allocation site': 'allocated elsewhere',
  generation: 'allocated in another generation',
  content: 'strings with another content',
};

/** The result of comparing by address alone, as heapy does, and why it differs. */
export function AddressOnlySection({ comparison }: { comparison: Comparison }) {
  const [shown, setShown] = useState(false);
  const { addressOnly, retained } = comparison;
  if (addressOnly === null || retained === null) return null;
  const wrong = addressOnly.different.reduce((sum, { objects }) => sum + objects, 0);
  return (
    <section>
      <CheckField label="Show what heapy would have said" checked={shown} onChange={setShown} />
      {shown && (
        <div className={styles.quiet}>
          <p>
            heapy diff compares addresses alone. It would have said{' '}
            {formatCountOf(addressOnly.retained.objects, 'object')} (
            {formatBytes(addressOnly.retained.shallowBytes)}) in place of {formatCount(retained.objects)}.
            Ruby reuses the addresses of collected objects:
          </p>
          <ul>
            <li>
              {wrong === 0
                ? 'All of its matches are right.'
                : `${formatCountOf(wrong, 'match', 'matches')} would be wrong: in the last dump another object is at the address (${addressOnly.different
                    .map(({ by, objects }) => `${formatCount(objects)} ${DIFFERENCES[by]}`)
                    .join(', ')}).`}
            </li>
            <li>
              {addressOnly.missed === 0
                ? 'It would have missed none.'
                : `${formatCountOf(addressOnly.missed, 'retained object')} would be missing: in the first dump another object was at the address.`}
            </li>
          </ul>
        </div>
      )}
    </section>
  );
}
