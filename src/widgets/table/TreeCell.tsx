import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './TreeCell.module.css';

/** Maximum level of indentation. */
const MAX_INDENT = 16;
const INDENT_PX = 14;

/** The start of a tree row: its indentation, and whether it is open. A click on the row opens or closes it. */
export function TreeCell(props: { level: number; isOpen: boolean | null; children: ReactNode }) {
  const { level, isOpen, children } = props;
  const Icon = isOpen === true ? ChevronDown : ChevronRight;
  return (
    <span className={styles.cell} style={{ paddingLeft: Math.min(level - 1, MAX_INDENT) * INDENT_PX }}>
      <span className={styles.mark} aria-hidden>
        {isOpen === null ? null : <Icon size={14} />}
      </span>
      {children}
    </span>
  );
}
