import type { ReactNode } from 'react';
import styles from './Inspector.module.css';

/** Text of the dump as it stands: scrolls when it is long, by keyboard too. */
export function TextBlock({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, this is a named piece of text.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <pre role="group" aria-label={label} className={styles.text} tabIndex={0}>
      {children}
    </pre>
  );
}
