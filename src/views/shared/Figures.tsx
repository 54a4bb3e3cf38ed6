import type { ReactNode } from 'react';
import type { Term } from '../../glossary.ts';
import { Defined } from '../../widgets/Defined.tsx';
import styles from './Figures.module.css';

/** A box of {@link Figure}s, as many in a row as fit. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className={styles.figures}>{children}</dl>;
}

/** One number with its term above it, and details in smaller lines below. */
export function Figure(props: {
  term: Term;
  name?: string;
  below?: readonly ReactNode[];
  children: ReactNode;
}) {
  const { term, name, below = [], children } = props;
  return (
    <div>
      <dt>
        <Defined term={term}>{name}</Defined>
      </dt>
      <dd>{children}</dd>
      {below.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a figure are always the same.
        <dd key={at} className={styles.sub}>
          {line}
        </dd>
      ))}
    </div>
  );
}
