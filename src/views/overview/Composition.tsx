import { useState } from 'react';
import type { TypeRow } from '../../../workers/protocol/overview.ts';
import type { Bytes } from '../../../workers/protocol/units.ts';
import { wordsOf } from '../../../workers/protocol/vocabulary.ts';
import { formatBytes, formatExactBytes } from '../../format/bytes.ts';
import { formatCountOf, formatShare, shareOf } from '../../format/counts.ts';
import { chipFor } from '../../state/chips.ts';
import { useActiveSnapshot, useApp } from '../../state/use-app.ts';
import { Defined } from '../../widgets/Defined.tsx';
import figures from '../../widgets/figures.module.css';
import { TypeDot } from '../../widgets/figures.tsx';
import styles from './OverviewView.module.css';

/** Types with a smaller share are collapsed. */
const SMALL_SHARE = 0.01;

/** The heap by type, as one bar and its legend; clicking a type in either narrows to it. */
export function Composition({ types, shallowBytes }: { types: readonly TypeRow[]; shallowBytes: Bytes }) {
  const narrow = useApp(state => state.narrow);
  const [isWhole, setIsWhole] = useState(false);
  const small = types.filter(type => shareOf(type.shallowBytes, shallowBytes) < SMALL_SHARE);
  // A single type would take no less space collapsed.
  const folds = !isWhole && small.length > 1;
  const listed = folds ? types.filter(type => !small.includes(type)) : types;
  const smallBytes = small.reduce((sum, type) => sum + type.shallowBytes, 0);
  const vocabulary = useActiveSnapshot()?.vocabulary;
  const noteOf = (type: string) => {
    const note = vocabulary && wordsOf(vocabulary, type, '').note;
    return note === undefined ? null : <span className={styles.quiet}>({note})</span>;
  };
  const show = (type: string) => narrow(chipFor({ kind: 'group', key: 'type', label: type }));
  return (
    <section>
      <h3 className={styles.sectionTitle}>
        Shallow size by <Defined term="type">type</Defined>
      </h3>
      {/* The legend has the same contents and actions for the keyboard and for screen readers. */}
      <div className={styles.bar} aria-hidden>
        {types.map(({ type, family, objects, shallowBytes: bytes }) => (
          <button
            key={type}
            type="button"
            tabIndex={-1}
            className={figures.family}
            data-family={family}
            style={{ flexGrow: bytes }}
            title={`${type}: ${formatExactBytes(bytes)}, ${formatCountOf(objects, 'object')}`}
            onClick={() => show(type)}
          />
        ))}
      </div>
      <ul className={styles.legend}>
        {listed.map(({ type, family, objects, shallowBytes: bytes }) => (
          <li key={type}>
            <button
              type="button"
              title={`${formatCountOf(objects, 'object')}, ${formatExactBytes(bytes)}. Show only these.`}
              onClick={() => show(type)}
            >
              <TypeDot of={{ type, family }} />
              {type}
              {noteOf(type)}
              <span className={styles.quiet}>
                {formatBytes(bytes)} · {formatShare(shareOf(bytes, shallowBytes))}
              </span>
            </button>
          </li>
        ))}
        {folds && (
          <li>
            <button type="button" aria-expanded={false} onClick={() => setIsWhole(true)}>
              {formatCountOf(small.length, 'other type')}
              <span className={styles.quiet}>
                {formatBytes(smallBytes)} · {formatShare(shareOf(smallBytes, shallowBytes))}
              </span>
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}
