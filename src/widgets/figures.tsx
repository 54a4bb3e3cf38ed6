import type { TypeName } from '../../workers/protocol/rows.ts';
import type { Bytes as ByteCount, Fraction, Count as ObjectCount } from '../../workers/protocol/units.ts';
import type { Family } from '../../workers/protocol/vocabulary.ts';
import { formatBytes, formatExactBytes } from '../format/bytes.ts';
import { formatCount, formatShare } from '../format/counts.ts';
import { cutMiddle, oneLine } from '../format/names.ts';
import { classNames } from './class-names.ts';
import styles from './figures.module.css';

/** Bytes with three digits; the exact number is in the tooltip. */
export function Bytes({ value }: { value: ByteCount }) {
  return <span title={formatExactBytes(value)}>{formatBytes(value)}</span>;
}

/** A count with thousands separators. */
export function Count({ value }: { value: ObjectCount }) {
  return <span>{formatCount(value)}</span>;
}

/** A thin bar for the row's share of the whole. Decoration beside a figure; its title has the share. */
export function ShareBar({ share }: { share: Fraction }) {
  const width = `${Math.min(100, Math.max(0, share * 100))}%`;
  return (
    <span className={styles.share} title={`${formatShare(share)} of the whole`}>
      <span className={styles.shareFill} style={{ width }} />
    </span>
  );
}

/** The same below the figure of a table cell, over the full width of the cell. */
export function CellShare({ share }: { share: Fraction }) {
  const width = `${Math.min(100, Math.max(0, share * 100))}%`;
  return (
    <span className={styles.cellShare} title={`${formatShare(share)} of the whole`}>
      <span className={styles.cellFill} style={{ width }} />
    </span>
  );
}

/** A dot in the colour of a type's family; null means several families. */
export function TypeDot({ of: { type, family } }: { of: { type: TypeName | null; family: Family | null } }) {
  return (
    <span
      className={classNames(styles.dot, styles.family)}
      data-family={family ?? 'mixed'}
      title={type === null ? 'several types' : oneLine(type)}
    />
  );
}

/** A name from the dump, shortened in the middle if it is long, with the full name in its title. Always plain text. */
export function Name({ text, maxLength = 64 }: { text: string; maxLength?: number }) {
  const whole = oneLine(text);
  const cut = cutToRoom(whole, maxLength);
  return cut === whole ? <span>{whole}</span> : <span title={whole}>{cut}</span>;
}

/**
 * Shortens a name to the width of `maxLength` average characters. A name with wide letters gets fewer of them; otherwise
 * the browser would cut off its end, and the name would have two ellipses.
 */
function cutToRoom(name: string, maxLength: number): string {
  let cut = cutMiddle(name, maxLength);
  for (let length = maxLength - 1; length > 4 && averageWidths(cut) > maxLength; length--) {
    cut = cutMiddle(name, length);
  }
  return cut;
}

/** The width of a text, in average characters of a proportional font. */
function averageWidths(text: string): number {
  let widths = 0;
  for (const character of text) {
    if (/[iljI:.,'|!()[\] ]/.test(character)) widths += 0.55;
    else if (/[MWmw@%\u2026]/.test(character)) widths += 1.5;
    else widths += /[A-Z]/.test(character) ? 1.25 : 1.05;
  }
  return widths;
}
