import type { GrowthVerdict } from '../../../workers/protocol/comparison.ts';
import { Tooltip } from '../../widgets/Tooltip.tsx';
import styles from './CompareView.module.css';

/** Verdicts, as shown to the user. */
export const VERDICT_NAMES: Readonly<Record<GrowthVerdict, string>> = {
  leak: 'keeps growing',
  cache: 'grew once',
  bounded: 'bounded',
  flat: 'flat',
  grew: 'grew',
  shrank: 'shrank',
};

/** A verdict; the tooltip gives its reason. */
export function Verdict({ verdict, reason }: { verdict: GrowthVerdict; reason: string }) {
  return (
    <Tooltip text={reason}>
      <span className={styles.verdict} data-verdict={verdict}>
        {VERDICT_NAMES[verdict]}
      </span>
    </Tooltip>
  );
}
