import type { ReactNode } from 'react';
import styles from './ViewHeader.module.css';

/** The header of a view: its name, one line about its contents, and its controls. */
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
      {children}
    </header>
  );
}
