import { useEffect, useState } from 'react';
import { useSession } from '../../session/session.ts';
import { Button } from '../../widgets/Button.tsx';
import styles from './LongQuestions.module.css';

const POLL_MS = 250;

/** How far questions are that take long, and a way to end them; nothing while there are none. */
export function LongQuestions() {
  const { service, idle } = useSession();
  const [isBusy, setBusy] = useState(() => !idle.isIdle());
  const [fraction, setFraction] = useState<number | null>(null);
  useEffect(() => idle.subscribe(isIdle => setBusy(!isIdle)), [idle]);
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
  if (!isBusy || fraction === null) return null;
  const percent = Math.round(fraction * 100);
  return (
    <div className={styles.long}>
      <progress aria-label="Computing" max={100} value={percent} />
      <span className={styles.percent}>Computing… {percent} %</span>
      <Button onClick={() => void service.cancelQuestions()}>Cancel</Button>
    </div>
  );
}
