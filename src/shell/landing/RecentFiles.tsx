import { useEffect, useState } from 'react';
import { formatBytes } from '../../format/bytes.ts';
import { oneLine } from '../../format/names.ts';
import { canKeepHandles } from '../../session/recent-handles.ts';
import { useSession } from '../../session/session.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { CheckField } from '../../widgets/Field.tsx';
import styles from './Landing.module.css';

/** Recently opened files; if the user turned this on, with buttons to open them again. */
export function RecentFiles() {
  const { fileManager, idle, recent } = useSession();
  const recentFiles = useApp(state => state.recentFiles);
  const keepsHandles = useApp(state => state.keepsHandles);
  const setKeepsHandles = useApp(state => state.setKeepsHandles);
  const [known, setKnown] = useState<string[]>([]);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    if (!keepsHandles) return;
    const end = idle.begin();
    recent
      .names()
      .then(setKnown, (error: Error) => setProblem(`Recent files could not be looked up: ${error.message}`))
      .finally(end);
  }, [keepsHandles, recent, idle]);

  const change = (wanted: boolean) => {
    setKeepsHandles(wanted);
    setKnown([]);
    if (!wanted)
      void recent.forget().catch((error: Error) => setProblem(`It was not deleted: ${error.message}`));
  };
  const open = async (name: string) => {
    try {
      await fileManager.openAll([await recent.open(name)]);
    } catch (error) {
      setProblem(`${oneLine(name)} was not opened: ${(error as Error).message}`);
    }
  };
  if (recentFiles.length === 0) return null;
  return (
    <section aria-label="Recent">
      <h2>Recent</h2>
      <ul className={styles.recent}>
        {recentFiles.map(({ name, fileBytes }) => (
          <li key={name}>
            <span className={styles.recentName}>{oneLine(name)}</span>
            <span className={styles.quiet}>{formatBytes(fileBytes)}</span>
            {known.includes(name) ? (
              <Button aria-label={`Open ${oneLine(name)} again`} onClick={() => void open(name)}>
                Open
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {problem === '' ? null : <p role="alert">{problem}</p>}
      {canKeepHandles() ? (
        <CheckField
          label="Remember where files are, to open them again from here"
          checked={keepsHandles}
          onChange={change}
        />
      ) : null}
      <p className={styles.quiet}>
        {keepsHandles
          ? 'This browser remembers, on this device, where files are that you open from now on: not their content. It may ask before it reads one again.'
          : 'Only names are remembered. Drop the file again to open it.'}
      </p>
    </section>
  );
}
