import type { TypeRow } from '../../../workers/protocol/rows.ts';
import type { Bytes } from '../../../workers/protocol/units.ts';
import { formatBytes, formatExactBytes } from '../../format/bytes.ts';
import { formatCountOf, formatShare, shareOf } from '../../format/counts.ts';
import { chipFor } from '../../state/chips.ts';
import { useApp } from '../../state/use-app.ts';
import { Defined } from '../../widgets/Defined.tsx';
import figures from '../../widgets/figures.module.css';
import { TypeDot } from '../../widgets/figures.tsx';
import styles from './OverviewView.module.css';

/** The heap by type, as one bar and its legend; both narrow by a type when clicked. */
export function Composition({ types, shallowBytes }: { types: readonly TypeRow[]; shallowBytes: Bytes }) {
  const narrow = useApp(state => state.narrow);
  const show = (type: string) => narrow(chipFor({ kind: 'group', key: 'type', label: type }));
  return (
    <section>
      <h3 className={styles.sectionTitle}>
        Shallow size by <Defined term="type">type</Defined>
      </h3>
      {/* The legend says and does the same for the keyboard and for screen readers. */}
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
        {types.map(({ type, family, objects, shallowBytes: bytes }) => (
          <li key={type}>
            <button
              type="button"
              title={`${formatCountOf(objects, 'object')}, ${formatExactBytes(bytes)}. Show only these.`}
              onClick={() => show(type)}
            >
              <TypeDot of={{ type, family }} />
              {type}
              <span className={styles.quiet}>
                {formatBytes(bytes)} · {formatShare(shareOf(bytes, shallowBytes))}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
