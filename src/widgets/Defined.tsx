import type { ReactNode } from 'react';
import { GLOSSARY, type Term } from '../glossary.ts';
import styles from './Defined.module.css';
import { Tooltip } from './Tooltip.tsx';

/** A word of the page that says its definition when hovered or focused. Shows the term's own name by default. */
export function Defined({ term, children }: { term: Term; children?: ReactNode }) {
  const definition = GLOSSARY[term];
  return (
    <Tooltip text={definition.text}>
      <button type="button" className={styles.defined}>
        {children ?? definition.term}
      </button>
    </Tooltip>
  );
}
