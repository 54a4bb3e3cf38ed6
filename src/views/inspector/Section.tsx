import type { ReactNode } from 'react';
import styles from './Inspector.module.css';

/** A section of the inspector that can be collapsed. */
export function Section(props: {
  title: ReactNode;
  open?: boolean;
  onToggle?: (open: boolean) => void;
  children: ReactNode;
}) {
  return (
    <details
      className={styles.section}
      open={props.open ?? true}
      onToggle={event => props.onToggle?.(event.currentTarget.open)}
    >
      <summary>
        <h3>{props.title}</h3>
      </summary>
      <div className={styles.sectionBody}>{props.children}</div>
    </details>
  );
}
