import { useEffect, useState } from 'react';
import { useSession } from '../../session/session.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { useDelayed } from '../use-delayed.ts';
import styles from './LongQuestions.module.css';

const POLL_MS = 250;

/** The time after which running work is shown. */
const SLOW_MS = 150;

/**
 * A line while anything takes longer than an instant; how far questions are that take long, and a way to end them; where an answer is missing because of that, a way to
 * ask again, until something else is asked. Nothing otherwise.
 */
export function LongQuestions() {
  const { service, idle } = useSession();
  const lacking = useApp(state => state.lacking);
  const setLacking = useApp(state => state.setLacking);
  const askAgain = useApp(state => state.askAgain);
  const [isBusy, setBusy] = useState(() => !idle.isIdle());
  const isSlow = useDelayed(isBusy, SLOW_MS) && isBusy;
  const [fraction, setFraction] = useState<number | null>(null);
  useEffect(
    () =>
      idle.subscribe(isIdle => {
        setBusy(!isIdle);
        if (!isIdle) setLacking(false);
      }),
    [idle, setLacking],
  );
  useEffect(() => {
    if (!isBusy) return;
    let wanted = true;
    const poll = async () => {
      const told = await service.questionProgress();
      if (wanted) setFraction(told);
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
  if (!lacking) return null;
  return (
    <div className={styles.long} role="status">
      <span>Cancelled. You can retry.</span>
      <Button onClick={askAgain}>Ask again</Button>
    </div>
  );
}
