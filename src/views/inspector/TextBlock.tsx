import type { ReactNode } from 'react';
import styles from './Inspector.module.css';

/** Text from the dump, unchanged. Long text scrolls, also by keyboard. */
export function TextBlock({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, this is a named piece of text.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard.
    <pre role="group" aria-label={label} className={styles.text} tabIndex={0}>
      {children}
    </pre>
  );
}
