import { cutMiddle, oneLine } from '../../format/names.ts';
import styles from './Completions.module.css';
import type { Completion } from './complete.ts';

/** The id of a completion's element. */
export function optionId(listId: string, at: number): string {
  return `${listId}-${at}`;
}

/** Completions for the text at the caret; the input keeps the focus. */
export function Completions({
  id,
  completions,
  active,
  onAccept,
}: {
  id: string;
  completions: readonly Completion[];
  /** The one chosen by keyboard; -1 = none. */
  active: number;
  onAccept: (completion: Completion) => void;
}) {
  return (
    <div id={id} role="listbox" aria-label="Completions" className={styles.list}>
      {completions.map((completion, at) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus, and names the chosen one.
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input.
        <div
          key={completion.inserted}
          id={optionId(id, at)}
          role="option"
          aria-selected={at === active}
          className={styles.option}
          // Pressing the button would take the focus from the input, which closes the list.
          onMouseDown={event => event.preventDefault()}
          onClick={() => onAccept(completion)}
        >
          <span className={styles.inserted} title={oneLine(completion.inserted)}>
            {cutMiddle(oneLine(completion.shown ?? completion.inserted), 60)}
          </span>
          <span className={styles.detail}>{completion.detail}</span>
        </div>
      ))}
    </div>
  );
}
