import { oneLine } from '../../format/names.ts';
import { useSession } from '../../session/session.ts';
import type { Load } from '../../state/app-state.ts';
import { Button } from '../../widgets/Button.tsx';
import styles from './LoadBar.module.css';
import { loadFigures, overallFraction, stageName } from './stages.ts';

/** One load: its stage, one progress bar for all stages, figures, and a button to cancel it. */
export function LoadBar({ load }: { load: Load }) {
  const { fileManager } = useSession();
  const name = oneLine(load.name);
  return (
    <div className={styles.load}>
      <div className={styles.line}>
        <strong className={styles.name}>{name}</strong>
        <span className={styles.stage}>{stageName(load.progress)}…</span>
        <span className={styles.figures}>
          {loadFigures(load.progress).map(figure => (
            <span key={figure}>{figure}</span>
          ))}
        </span>
        <Button onClick={() => fileManager.cancel(load.loadId)} aria-label={`Cancel opening ${name}`}>
          Cancel
        </Button>
      </div>
      <ProgressTrack
        label={`Opening ${name}`}
        fraction={overallFraction(load.progress)}
        text={stageName(load.progress)}
      />
    </div>
  );
}

/** A progress bar. `text`: the text before the percentage. */
export function ProgressTrack(props: { label: string; fraction: number; text: string }) {
  const percent = Math.round(props.fraction * 100);
  return (
    <div
      role="progressbar"
      aria-label={props.label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={`${props.text}, ${percent} percent`}
      className={styles.track}
    >
      <div className={styles.fill} style={{ width: `${percent}%` }} />
    </div>
  );
}
