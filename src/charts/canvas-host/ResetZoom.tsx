import styles from './CanvasHost.module.css';

/** Over a magnified chart: how much it is magnified, and the way back. */
export function ResetZoom({ scale, onReset }: { scale: number; onReset: () => void }) {
  if (scale === 1) return null;
  return (
    <button type="button" className={styles.reset} onClick={onReset}>
      {scale.toFixed(1)} × · Show all
    </button>
  );
}
