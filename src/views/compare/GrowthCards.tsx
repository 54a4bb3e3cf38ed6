import type { ComparedDump, GrowthRow } from '../../../workers/protocol/comparison.ts';
import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount } from '../../format/counts.ts';
import { Button } from '../../widgets/Button.tsx';
import { GroupName } from '../shared/FilePath.tsx';
import styles from './CompareView.module.css';
import { changeOf, formatBytesChange, formatCountChange } from './changes.ts';
import { MiniChart } from './MiniChart.tsx';
import { Multiple } from './Multiple.tsx';
import { VERDICT_NAMES } from './verdicts.tsx';

interface GrowthCardsProps {
  /** The strongest growth first. */
  rows: readonly GrowthRow[];
  dumps: readonly ComparedDump[];
  groupBy: GroupingKey;
  /** Groups that grew by a multiple of this are marked; null marks none. */
  repetitions: number | null;
  onOpen(row: GrowthRow): void;
}

/** The growing groups: for each a small chart of objects and one of bytes, and the reason for its verdict. */
export function GrowthCards({ rows, dumps, groupBy, repetitions, onOpen }: GrowthCardsProps) {
  const names = dumps.map(({ name }) => name);
  return (
    <ol className={styles.cards} aria-label="What grows, the strongest growth first">
      {rows.map((row, at) => (
        <li key={row.label ?? ''} className={styles.card}>
          <h4>
            {at + 1}.{' '}
            <Button look="link" onClick={() => onOpen(row)}>
              <GroupName groupKey={groupBy} label={row.label} maxLength={36} />
            </Button>
            <Multiple counts={row.counts} repetitions={repetitions} />
          </h4>
          <div className={styles.minis}>
            <MiniChart label="Objects" values={row.counts} names={names} format={formatCount} />
            <MiniChart label="Shallow size" values={row.shallowBytes} names={names} format={formatBytes} />
          </div>
          <p className={styles.quiet}>
            <strong>{VERDICT_NAMES[row.verdict]}</strong>: {formatCountChange(changeOf(row.counts))} objects,{' '}
            {formatBytesChange(Math.round(row.slopePerDump))} per dump. {row.reason}
          </p>
        </li>
      ))}
    </ol>
  );
}
