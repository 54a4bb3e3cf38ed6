import { Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './Notice.module.css';

/** A message to the user beside the content that it is about; `danger` for failures. */
export function Notice({
  tone = 'info',
  children,
}: {
  tone?: 'info' | 'warn' | 'danger';
  children: ReactNode;
}) {
  const Icon = tone === 'info' ? Info : TriangleAlert;
  return (
    <div className={classNames(styles.notice, styles[tone])} role={tone === 'danger' ? 'alert' : undefined}>
      <Icon size={16} aria-hidden className={styles.icon ?? ''} />
      <div className={styles.text}>{children}</div>
    </div>
  );
}
