import type { ReactNode } from 'react';
import { GLOSSARY, type Term } from '../glossary.ts';
import styles from './Defined.module.css';
import { Tooltip } from './Tooltip.tsx';

/** A word whose definition is in its tooltip. Its text is the term's name by default. */
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
