import type { SnapshotInfo } from '../../../workers/protocol/snapshot-info.ts';
import { oneLine } from '../../format/names.ts';
import { Defined } from '../../widgets/Defined.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import styles from './OverviewView.module.css';

/**
 * Says that objects may be missing, why, and what that means for all numbers. Renders nothing if none seem to be
 * missing.
 */
export function IncompleteNotice({ info }: { info: SnapshotInfo }) {
  if (info.incomplete.length === 0) return null;
  return (
    <section aria-label="The dump is incomplete">
      <Notice tone="warn">
        <p>
          <strong>
            This dump is <Defined term="incompleteDump">incomplete</Defined>.
          </strong>{' '}
          Some objects may be missing. So sizes may be too small, and live objects may look unreachable.
        </p>
        <ul className={styles.reasons}>
          {info.incomplete.map(reason => (
            <li key={reason}>{oneLine(reason)}</li>
          ))}
        </ul>
      </Notice>
    </section>
  );
}
