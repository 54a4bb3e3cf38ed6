import { useEffect, useState } from 'react';
import { useSession } from '../../session/session.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { useDelayed } from '../use-delayed.ts';
import styles from './LongQuestions.module.css';

const POLL_MS = 250;

/** Work that takes longer than this is shown. */
const SLOW_MS = 150;

/**
 * Shows a line while work takes longer than a moment, and the progress of long questions with a button to cancel them.
 * If an answer is missing because it was cancelled, offers to ask again, until something else is asked. Otherwise
 * renders nothing.
 */
export function LongQuestions() {
  const { service, idle } = useSession();
  const hasCancelledQueries = useApp(state => state.hasCancelledQueries);
  const setHasCancelledQueries = useApp(state => state.setHasCancelledQueries);
  const repeatQueries = useApp(state => state.repeatQueries);
  const [isBusy, setBusy] = useState(() => !idle.isIdle());
  const isSlow = useDelayed(isBusy, SLOW_MS) && isBusy;
  const [fraction, setFraction] = useState<number | null>(null);
  useEffect(
    () =>
      idle.subscribe(isIdle => {
        setBusy(!isIdle);
        if (!isIdle) setHasCancelledQueries(false);
      }),
    [idle, setHasCancelledQueries],
  );
  useEffect(() => {
    if (!isBusy) return;
    let wanted = true;
    const poll = async () => {
      const progress = await service.questionProgress();
      if (wanted) setFraction(progress);
    };
    const timer = setInterval(() => void poll(), POLL_MS);
    return () => {
      wanted = false;
      clearInterval(timer);
      setFraction(null);
    };
  }, [isBusy, service]);

  if (isBusy && fraction !== null) {
    const percent = Math.round(fraction * 100);
    return (
      <div className={styles.long}>
        <progress aria-label="Computing" max={100} value={percent} />
        <span className={styles.percent}>Computing… {percent} %</span>
        <Button onClick={() => void service.cancelQuestions()}>Cancel</Button>
      </div>
    );
  }
  if (isBusy) return isSlow ? <div className={styles.working} /> : null;
  if (!hasCancelledQueries) return null;
  return (
    <div className={styles.long} role="status">
      <span>Cancelled. You can retry.</span>
      <Button onClick={repeatQueries}>Ask again</Button>
    </div>
  );
}
