import type { Comparison } from '../../../workers/protocol/comparison.ts';
import { COMPARISON_TOP } from '../../session/series.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { defaultView } from '../../state/navigation.ts';
import { useActiveSnapshot, useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { DeferredContent } from '../shared/DeferredContent.tsx';
import { QueryState } from '../shared/QueryState.tsx';
import { AddressOnlySection } from './AddressOnlySection.tsx';
import styles from './CompareView.module.css';
import { DumpList } from './DumpList.tsx';
import { ExchangeFigures } from './ExchangeFigures.tsx';
import { FixSection } from './FixSection.tsx';
import { GrowthMapSection } from './GrowthMapSection.tsx';
import { GrowthSection } from './GrowthSection.tsx';
import { HolderSection } from './HolderSection.tsx';
import { NoSeries } from './NoSeries.tsx';
import { RetainedSection } from './RetainedSection.tsx';
import { SliceSection } from './SliceSection.tsx';
import { relationChip, useOpenSet } from './use-open-set.ts';

/** How the heap changed over several dumps: what was created, survived, or keeps growing. */
export default function CompareView() {
  const current = useApp(state => state.view);
  const view = current.kind === 'compare' ? current : defaultView('compare');
  const snapshot = useActiveSnapshot();
  const inSeries = useApp(state => snapshot !== null && state.series.includes(snapshot.id));
  const query = useAnswer('comparison', inSeries ? { top: COMPARISON_TOP } : null, { lane: 'compare' });
  if (snapshot === null) return null;
  if (!inSeries) return <NoSeries />;
  const comparison = query.data;
  if (comparison === null) return <QueryState query={query} />;
  return (
    <div className={styles.scroll} aria-busy={query.pending}>
      <div className={styles.compare}>
        <header>
          <h2 className={styles.title}>{titleOf(comparison)}</h2>
          <p className={styles.quiet}>
            {identityText(comparison)} <MatchedByAddress comparison={comparison} />
          </p>
        </header>
        {comparison.notes.map(note => (
          <Notice key={note} tone="warn">
            {note}
          </Notice>
        ))}
        <DumpList dumps={comparison.dumps} />
        <ExchangeFigures comparison={comparison} />
        <HolderSection comparison={comparison} repetitions={view.repetitions} />
        <RetainedSection comparison={comparison} />
        <GrowthSection comparison={comparison} view={view} />
        <DeferredContent>
          <GrowthMapSection comparison={comparison} view={view} />
          <SliceSection comparison={comparison} />
          <FixSection comparison={comparison} groupBy={view.key} />
          <AddressOnlySection comparison={comparison} />
        </DeferredContent>
      </div>
    </div>
  );
}

/** A link to the objects that can only be matched by address, if there are any. */
function MatchedByAddress({ comparison }: { comparison: Comparison }) {
  const openSet = useOpenSet();
  if ((comparison.byAddressOnly ?? 0) === 0) return null;
  const last = comparison.dumps.at(-1)!.id;
  return (
    <Button look="link" onClick={() => openSet(last, [relationChip('matched-by-address')], 'objects')}>
      Show objects matched by address only
    </Button>
  );
}

function titleOf({ dumps, retained }: Comparison): string {
  if (retained !== null) return 'What was created and kept';
  return dumps.length === 2 ? 'What changed between two dumps' : 'What changed from dump to dump';
}

/** Whether the dumps are of one process, how this is known, and how reliably objects are identified. */
function identityText({ identity, reason, matched, byAddressOnly, identifiable }: Comparison): string {
  if (identity === 'by group') {
    return `Compared by group only: objects cannot be identified. ${reason}`;
  }
  const percent = Math.round(identifiable * 100);
  const sure =
    byAddressOnly === 0 || matched === null
      ? 'Every match is confirmed by allocation site and generation.'
      : `${percent} % of the objects are traced and identified by site and generation; the others by address, type, class and content.`;
  return `One process: ${reason} ${sure}`;
}
