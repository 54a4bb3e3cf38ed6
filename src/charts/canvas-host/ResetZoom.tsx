import styles from './CanvasHost.module.css';

/** Shown over a magnified chart: the magnification, and a button that resets it. */
export function ResetZoom({ scale, onReset }: { scale: number; onReset: () => void }) {
  if (scale === 1) return null;
  return (
    <button type="button" className={styles.reset} onClick={onReset}>
      {scale.toFixed(1)} × · Show all
    </button>
  );
}
