import styles from './CompareView.module.css';
import { objectsPerRepetition } from './changes.ts';

/** Marks growth by a multiple of the repetitions of an action. */
export function Multiple({ counts, repetitions }: { counts: readonly number[]; repetitions: number | null }) {
  const each = repetitions === null ? null : objectsPerRepetition(counts, repetitions);
  if (each === null) return null;
  return (
    <span className={styles.multiple} title={`${each} more with each repetition, in the last step`}>
      {each} each time
    </span>
  );
}
