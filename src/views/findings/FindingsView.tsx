import { useState } from 'react';
import type { Finding, FindingGroup } from '../../../workers/protocol/findings.ts';
import { formatCountOf } from '../../format/counts.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { useDeferred } from '../../session/use-deferred.ts';
import { findingKey } from '../../state/app-state.ts';
import { defaultView } from '../../state/navigation.ts';
import { useActiveSnapshot, useApp } from '../../state/use-app.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { CheckField } from '../../widgets/Field.tsx';
import { ViewHeader } from '../../widgets/ViewHeader.tsx';
import { QueryState } from '../shared/QueryState.tsx';
import { FindingCard } from './FindingCard.tsx';
import styles from './FindingsView.module.css';
import { findingsAsMarkdown, kindOf } from './markdown.ts';
import { Thresholds } from './Thresholds.tsx';

const GROUP_NAMES: Readonly<Record<FindingGroup, string>> = {
  leak: 'Leaks',
  waste: 'Waste',
  state: 'Worth knowing',
};
const GROUPS = Object.keys(GROUP_NAMES) as FindingGroup[];

/** What is wrong with the heap, the evidence, and how much memory a fix would free. */
export default function FindingsView() {
  const current = useApp(state => state.view);
  const marks = useApp(state => state.findingMarks);
  const adjustView = useApp(state => state.adjustView);
  const snapshot = useActiveSnapshot();
  const [withDismissed, setWithDismissed] = useState(false);
  const view = current.kind === 'findings' ? current : defaultView('findings');
  const query = useAnswer('findings', { thresholds: useDeferred(view.thresholds) }, { lane: 'findings' });
  if (snapshot === null || query.data === null) return <QueryState query={query} />;

  const { findings, kinds } = query.data;
  const markOf = ({ id }: Finding) => marks[findingKey(snapshot.id, id)] ?? null;
  const shown = findings.filter(finding => withDismissed || markOf(finding) !== 'dismissed');
  const dismissed = findings.filter(finding => markOf(finding) === 'dismissed').length;
  const pinned = shown.filter(finding => markOf(finding) === 'pinned');
  const sections = [
    { name: 'Pinned', findings: pinned },
    ...GROUPS.map(group => ({
      name: GROUP_NAMES[group],
      findings: shown.filter(finding => finding.group === group && !pinned.includes(finding)),
    })),
  ].filter(section => section.findings.length > 0);

  return (
    <div className={styles.view} aria-busy={query.pending}>
      <ViewHeader
        title="Findings"
        shows={`${formatCountOf(findings.length, 'finding')} about the whole dump, leaks first, then by size.`}
      >
        {dismissed === 0 ? null : (
          <CheckField
            label={`Show dismissed (${dismissed})`}
            checked={withDismissed}
            onChange={setWithDismissed}
          />
        )}
        {shown.length === 0 ? null : (
          <CopyButton
            label="Copy all as Markdown"
            text={() =>
              findingsAsMarkdown([...pinned, ...shown.filter(one => !pinned.includes(one))], kinds, snapshot)
            }
          />
        )}
      </ViewHeader>
      <div className={styles.scroll}>
        <QueryState query={query} />
        <Thresholds
          kinds={kinds}
          values={view.thresholds}
          onChange={thresholds => adjustView({ ...view, thresholds })}
        />
        {findings.length === 0 ? (
          <p className={styles.nothing}>
            Nothing stands out: no container grows, and nothing keeps a large part of the heap.
          </p>
        ) : null}
        {sections.map(section => (
          <section key={section.name} className={styles.section} aria-label={section.name}>
            <h3 className={styles.sectionTitle}>{section.name}</h3>
            <ul className={styles.cards}>
              {section.findings.map(finding => (
                <FindingCard
                  key={finding.id}
                  finding={finding}
                  kind={kindOf(finding, kinds)}
                  snapshot={snapshot}
                  mark={markOf(finding)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}
