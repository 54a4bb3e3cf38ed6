import { useCallback, useEffect, useState } from 'react';
import { formatBytes } from '../../format/bytes.ts';
import { oneLine } from '../../format/names.ts';
import { deleteKept, type KeptHeap, keptFile, keptHeaps } from '../../session/kept-heaps.ts';
import { useSession } from '../../session/session.ts';
import { Button } from '../../widgets/Button.tsx';
import styles from './Landing.module.css';

/** The heaps that the user stored on this device, to open or delete. Renders nothing if there are none. */
export function KeptHeaps() {
  const { fileManager, idle } = useSession();
  const [kept, setKept] = useState<KeptHeap[]>([]);
  const [problem, setProblem] = useState('');
  const refresh = useCallback(() => {
    const end = idle.begin();
    return keptHeaps()
      .then(setKept, (error: Error) => setProblem(`The kept heaps could not be listed: ${error.message}`))
      .finally(end);
  }, [idle]);
  useEffect(() => void refresh(), [refresh]);

  const attempt = (what: string, work: Promise<unknown>) =>
    work.catch((error: Error) => setProblem(`${what}: ${error.message}`)).finally(() => void refresh());
  if (kept.length === 0 && problem === '') return null;
  return (
    <section aria-label="Kept on this device">
      <h2>Kept on this device</h2>
      <ul className={styles.recent}>
        {kept.map(heap => (
          <li key={heap.file}>
            <span className={styles.recentName}>{oneLine(heap.name)}</span>
            <span className={styles.quiet}>
              {heap.isUnfinished ? 'not finished: open the dump again' : formatBytes(heap.bytes)}
            </span>
            {heap.isUnfinished ? null : (
              <Button
                aria-label={`Open ${oneLine(heap.name)}`}
                onClick={() =>
                  void attempt(
                    'It was not opened',
                    keptFile(heap).then(file => fileManager.open(file)),
                  )
                }
              >
                Open
              </Button>
            )}
            <Button
              aria-label={`Delete ${oneLine(heap.name)}`}
              onClick={() => void attempt('It was not deleted', deleteKept(heap))}
            >
              Delete
            </Button>
          </li>
        ))}
      </ul>
      {problem === '' ? null : <p role="alert">{problem}</p>}
    </section>
  );
}
