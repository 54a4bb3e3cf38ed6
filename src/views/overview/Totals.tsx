import type { ReactNode } from 'react';
import type { Overview, SnapshotInfo } from '../../../workers/protocol/rows.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf, formatShare, shareOf } from '../../format/counts.ts';
import type { Term } from '../../glossary.ts';
import { useApp } from '../../state/use-app.ts';
import { Defined } from '../../widgets/Defined.tsx';
import { Bytes, Count } from '../../widgets/figures.tsx';
import styles from './OverviewView.module.css';

/**
 * The totals of the set; what is of the whole dump alone is left out where a set narrows. No garbage and no free slots are
 * nothing to be told.
 */
export function Totals({ overview, info }: { overview: Overview; info: SnapshotInfo }) {
  const narrowed = useApp(state => state.chips.length > 0);
  const { reachable, unreachable } = overview;
  return (
    <dl className={styles.totals}>
      <Total term="objects" sub={narrowed ? `of ${formatCount(info.objects)}` : undefined}>
        <Count value={overview.objects} />
      </Total>
      <Total term="shallowBytes" sub={narrowed ? `of ${formatBytes(info.shallowBytes)}` : undefined}>
        <Bytes value={overview.shallowBytes} />
      </Total>
      <Total term="reachable" sub={formatCountOf(reachable.objects, 'object')}>
        <Bytes value={reachable.shallowBytes} />
      </Total>
      {unreachable.objects > 0 && (
        <Total
          term="unreachable"
          sub={`${formatCountOf(unreachable.objects, 'object')} \u00b7 ${formatShare(shareOf(unreachable.shallowBytes, overview.shallowBytes))}`}
        >
          <Bytes value={unreachable.shallowBytes} />
        </Total>
      )}
      {narrowed ? null : (
        <>
          <Total term="generation" name="Traced" sub={formatCountOf(info.tracedObjects, 'object')}>
            {formatShare(shareOf(info.tracedObjects, info.objects))}
          </Total>
          {overview.freeSlots > 0 && (
            <Total term="freeSlots">
              <Count value={overview.freeSlots} />
            </Total>
          )}
          <Total
            term="reference"
            name="References"
            sub={
              overview.danglingReferences === 0
                ? undefined
                : `and ${formatCount(overview.danglingReferences)} dangling`
            }
          >
            <Count value={overview.references} />
          </Total>
        </>
      )}
    </dl>
  );
}

function Total({
  term,
  name,
  sub,
  children,
}: {
  term: Term;
  name?: string;
  sub?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className={styles.total}>
      <dt>
        <Defined term={term}>{name}</Defined>
      </dt>
      <dd>{children}</dd>
      {sub === undefined ? null : <dd className={styles.sub}>{sub}</dd>}
    </div>
  );
}
