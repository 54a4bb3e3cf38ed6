import type { ReactNode } from 'react';
import styles from './ViewHeader.module.css';

/** The head of a view: its name, one line of what it shows, and its controls. */
export function ViewHeader({
  title,
  shows,
  children,
}: {
  title: string;
  shows: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className={styles.header}>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.shows}>{shows}</p>
      <div className={styles.controls}>{children}</div>
    </header>
  );
}
