import { oneLine } from '../../format/names.ts';
import { runtimeText } from '../../format/runtime.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { useActiveSnapshot, useApp } from '../../state/use-app.ts';
import { DeferredContent } from '../shared/DeferredContent.tsx';
import { NothingMatches } from '../shared/NothingMatches.tsx';
import { QueryState } from '../shared/QueryState.tsx';
import { Composition } from './Composition.tsx';
import { Findings } from './Findings.tsx';
import { Health } from './Health.tsx';
import { ImportSection } from './ImportSection.tsx';
import { IncompleteNotice } from './IncompleteNotice.tsx';
import styles from './OverviewView.module.css';
import { RootsSection } from './RootsSection.tsx';
import { RuleSection } from './RuleSection.tsx';
import { TopClasses } from './TopClasses.tsx';
import { TopGems } from './TopGems.tsx';
import { TopRetained } from './TopRetained.tsx';
import { Totals } from './Totals.tsx';

/** Rows of the top lists. */
const TOP = 20;

/** What fills the heap, what keeps it alive and what is unusual, at a glance. */
export default function OverviewView() {
  const snapshot = useActiveSnapshot();
  const narrowed = useApp(state => state.chips.length > 0);
  const query = useAnswer('overview', { top: TOP }, { lane: 'overview' });
  const overview = query.data;
  if (snapshot === null || overview === null) return <QueryState query={query} />;

  return (
    <div className={styles.scroll} aria-busy={query.pending}>
      <div className={styles.overview}>
        <QueryState query={query} />
        <header>
          <h2 className={styles.title}>{narrowed ? 'Overview of the set' : 'Overview'}</h2>
          <p className={styles.quiet}>
            {oneLine(snapshot.name)} · {runtimeText(snapshot)}
            {narrowed ? ' \u00b7 narrowed by the chips above' : ''}
          </p>
          <p className={styles.quiet}>
            What fills the heap, and what stands out. Select an object to see why it is alive, a class to see
            its objects.
          </p>
        </header>
        <IncompleteNotice info={snapshot} />
        {narrowed ? null : <Findings overview={overview} info={snapshot} />}
        {overview.objects === 0 ? <NothingMatches /> : null}
        <Totals overview={overview} info={snapshot} />
        <Composition types={overview.types} shallowBytes={overview.shallowBytes} />
        <Health />
        <TopRetained
          rows={overview.topRetained.filter(row => !row.overhead)}
          shallowBytes={overview.shallowBytes}
        />
        <DeferredContent>
          <TopClasses overview={overview} />
          {snapshot.vocabulary.groupingKeys.includes('gem') && (
            <TopGems shallowBytes={overview.shallowBytes} />
          )}
          <RootsSection roots={overview.roots} />
          <RuleSection referencesOnly={snapshot.referencesOnly} />
          <ImportSection overview={overview} />
        </DeferredContent>
      </div>
    </div>
  );
}
