import { formatCount, formatCountOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { useSession } from '../../session/session.ts';
import type { Load } from '../../state/app-state.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import styles from './LoadBar.module.css';
import { LoadBar, ProgressTrack } from './LoadBar.tsx';
import { fractionOfLoads, loadFigures, stageName } from './stages.ts';

/** All files being read: their overall progress, and a button to cancel each. */
export function Loads() {
  const { fileManager } = useSession();
  const loads = useApp(state => state.loads);
  if (loads.length < 2) return loads.map(load => <LoadBar key={load.loadId} load={load} />);
  const fraction = fractionOfLoads(loads);
  const done = loads.filter(load => load.isDone).length;
  const title = `Opening ${formatCountOf(loads.length, 'file')}`;
  return (
    <div className={styles.load}>
      <div className={styles.line}>
        <strong className={styles.name}>{title}</strong>
        <span className={styles.figures}>
          {formatCount(done)} of {formatCount(loads.length)} done
        </span>
        <Button onClick={() => fileManager.cancelAll()}>Cancel all</Button>
      </div>
      <ProgressTrack label={title} fraction={fraction} text={`${done} of ${loads.length} done`} />
      <ul className={styles.files} aria-label="Files that are being opened">
        {loads.map(load => (
          <LoadLine key={load.loadId} load={load} isNext={load === loads.find(each => !each.isDone)} />
        ))}
      </ul>
    </div>
  );
}

/** One of several files. `isNext`: no other is before it, so it is the one being read. */
function LoadLine({ load, isNext }: { load: Load; isNext: boolean }) {
  const { fileManager } = useSession();
  const name = oneLine(load.name);
  const stage = load.isDone ? 'Done' : isNext || load.progress ? `${stageName(load.progress)}…` : 'Waiting';
  return (
    <li className={styles.line}>
      <span className={styles.name}>{name}</span>
      <span className={styles.stage}>{stage}</span>
      <span className={styles.figures}>
        {!load.isDone && loadFigures(load.progress).map(figure => <span key={figure}>{figure}</span>)}
      </span>
      {!load.isDone && (
        <Button
          look="link"
          onClick={() => fileManager.cancel(load.loadId)}
          aria-label={`Cancel opening ${name}`}
        >
          Cancel
        </Button>
      )}
    </li>
  );
}
