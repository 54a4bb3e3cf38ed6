import { useState } from 'react';
import { useActiveSnapshot, useApp } from '../../state/use-app.ts';
import { Dialog } from '../../widgets/Dialog.tsx';
import { CheckField } from '../../widgets/Field.tsx';
import { IndexSection } from './IndexSection.tsx';
import { RedactedCopy } from './RedactedCopy.tsx';
import { ReportSection } from './ReportSection.tsx';
import styles from './ShareDialog.module.css';

/** Ways to share results, and to hide secrets on screen. */
export default function ShareDialog() {
  const setOverlay = useApp(state => state.setOverlay);
  const snapshot = useActiveSnapshot();
  const masking = useApp(state => state.masking);
  const setMasking = useApp(state => state.setMasking);
  /** The last action, or why it failed. */
  const [outcome, setOutcome] = useState('');
  return (
    <Dialog label="Share" onClose={() => setOverlay(null)}>
      <div className={styles.sections}>
        {snapshot === null ? null : (
          <>
            <ReportSection snapshot={snapshot} onOutcome={setOutcome} />
            <IndexSection snapshot={snapshot} onOutcome={setOutcome} />
            <RedactedCopy snapshot={snapshot} onOutcome={setOutcome} />
          </>
        )}
        <section>
          <h3>On screen</h3>
          <CheckField label="Mask likely secrets on screen" checked={masking} onChange={setMasking} />
          <p className={styles.quiet}>
            Hides tokens, keys, passwords, e-mail addresses, card numbers and cookies in the texts that are
            shown, for a shared screen. It recognizes them by their form, so check the screen before you share
            it.
          </p>
        </section>
      </div>
      <p role="status" className={styles.outcome}>
        {outcome}
      </p>
    </Dialog>
  );
}
