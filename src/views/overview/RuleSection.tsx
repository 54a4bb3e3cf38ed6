import { useState } from 'react';
import { CANCELLED } from '../../../workers/protocol/errors.ts';
import { useSession } from '../../session/session.ts';
import { Defined } from '../../widgets/Defined.tsx';
import styles from './OverviewView.module.css';

/** The rule for following references, and a switch to the rule of other tools. */
export function RuleSection({ referencesOnly }: { referencesOnly: boolean }) {
  const { fileManager } = useSession();
  /** The rule being computed; null if none is. */
  const [pending, setPending] = useState<boolean | null>(null);
  const change = async () => {
    setPending(!referencesOnly);
    try {
      await fileManager.setReferencesOnly(!referencesOnly);
    } catch (error) {
      // The old rule stays in effect, as the checkbox shows.
      if (!(error instanceof Error && error.name === CANCELLED)) throw error;
    } finally {
      setPending(null);
    }
  };
  return (
    <section>
      <h3 className={styles.sectionTitle}>What keeps what</h3>
      <label className={styles.rule}>
        <input
          type="checkbox"
          checked={pending ?? referencesOnly}
          disabled={pending !== null}
          onChange={() => void change()}
        />
        Follow references only, as reap and harb do
      </label>
      <p className={styles.note}>
        <Defined term="referencesOnly">For comparison</Defined>. Usually objects also keep their class, and
        inline caches of constants keep nothing alive.
        {pending !== null ? ' Recomputing dominators and retained sizes\u2026' : ''}
      </p>
    </section>
  );
}
