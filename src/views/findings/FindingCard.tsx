import { EyeOff, LayoutDashboard, Pin, PinOff, Undo2 } from 'lucide-react';
import { useId } from 'react';
import type {
  Certainty,
  Finding,
  FindingEvidence,
  FindingKindInfo,
} from '../../../workers/protocol/findings.ts';
import type { SnapshotInfo } from '../../../workers/protocol/snapshot-info.ts';
import { formatCountOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { type FindingMark, findingKey } from '../../state/app-state.ts';
import { chipFor } from '../../state/chips.ts';
import { defaultView } from '../../state/navigation.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { Bytes } from '../../widgets/figures.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { EvidenceTable } from './EvidenceTable.tsx';
import styles from './FindingCard.module.css';
import { figureTexts, findingAsMarkdown } from './markdown.ts';
import { SparkBars } from './SparkBars.tsx';

const CERTAINTY: Readonly<Record<Certainty, { name: string; means: string }>> = {
  exact: { name: 'exact', means: 'Counted, without an assumption.' },
  estimate: { name: 'estimate', means: 'Based on an assumption, which is stated below.' },
  evidence: { name: 'evidence', means: 'A sign, not a proof: check the evidence.' },
};

/** One finding: its message, its size, and actions. */
export function FindingCard({
  finding,
  kind,
  snapshot,
  mark,
}: {
  finding: Finding;
  kind: FindingKindInfo | null;
  snapshot: SnapshotInfo;
  mark: FindingMark | null;
}) {
  const titleId = useId();
  const { drillInto, navigate, markFinding, openObject } = useFindingActions();
  const key = findingKey(snapshot.id, finding.id);
  const held = heldObject(finding);
  const certainty = CERTAINTY[finding.certainty];
  return (
    <li className={styles.card} aria-labelledby={titleId} data-mark={mark}>
      <div className={styles.head}>
        <h4 className={styles.title} id={titleId}>
          {oneLine(finding.title)}
        </h4>
        <span className={styles.badge} title={certainty.means}>
          {certainty.name}
        </span>
        <span className={styles.figure}>
          <Bytes value={finding.bytes} />
        </span>
        <span className={styles.quiet}>{formatCountOf(finding.objects, 'object')}</span>
        <span className={styles.marks}>
          <IconButton
            icon={mark === 'pinned' ? PinOff : Pin}
            label={mark === 'pinned' ? 'Unpin' : 'Pin'}
            aria-pressed={mark === 'pinned'}
            onClick={() => markFinding(key, mark === 'pinned' ? null : 'pinned')}
          />
          <IconButton
            icon={mark === 'dismissed' ? Undo2 : EyeOff}
            label={mark === 'dismissed' ? 'Restore' : 'Dismiss'}
            onClick={() => markFinding(key, mark === 'dismissed' ? null : 'dismissed')}
          />
        </span>
      </div>
      <div className={styles.body}>
        <p className={styles.sentence}>{oneLine(finding.sentence)}</p>
        {finding.byGeneration === null ? null : <SparkBars {...finding.byGeneration} />}
      </div>
      <div className={styles.actions}>
        {held === null ? null : (
          <>
            <Button onClick={() => openObject(held)}>Why is it alive?</Button>
            <Button
              onClick={() =>
                navigate({
                  ...defaultView('treemap'),
                  source: { by: 'dominators', root: { kind: 'object', object: held.index } },
                })
              }
            >
              <LayoutDashboard size={14} aria-hidden />
              Treemap
            </Button>
          </>
        )}
        {finding.set === null ? null : (
          <>
            {held === null ? (
              <Button onClick={() => drillInto(chipFor(finding.set!), 'retainers')}>
                Why are they alive?
              </Button>
            ) : null}
            <Button onClick={() => drillInto(chipFor(finding.set!, chipName(finding)), 'objects')}>
              Show the objects
            </Button>
          </>
        )}
        <CopyButton label="Copy as Markdown" text={() => findingAsMarkdown(finding, kind)} />
      </div>
      <details className={styles.details}>
        <summary>Evidence, and how it was computed</summary>
        <EvidenceTable
          rows={finding.evidence}
          onOpen={row => {
            if (row.object !== null) openObject(row.object);
            else if (row.set !== null) drillInto(chipFor(row.set), 'objects');
          }}
        />
        <dl className={styles.figures}>
          {figureTexts(finding.figures).map(({ name, text }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        {kind === null ? null : (
          <>
            <p className={styles.method}>{kind.method}</p>
            <p className={styles.method}>After: {kind.reference}</p>
          </>
        )}
      </details>
    </li>
  );
}

function useFindingActions() {
  const select = useApp(state => state.select);
  const setInspectorOpen = useApp(state => state.setInspectorOpen);
  return {
    drillInto: useApp(state => state.drillInto),
    navigate: useApp(state => state.navigate),
    markFinding: useApp(state => state.markFinding),
    /** Shows an object in the inspector. */
    openObject: ({ index, address }: NonNullable<FindingEvidence['object']>) => {
      select({ object: index, address });
      setInspectorOpen(true);
    },
  };
}

/** The object that a finding is about; null if it is about a set. */
export function heldObject({ set, objectsShown }: Finding): FindingEvidence['object'] {
  const [address] = objectsShown;
  return set?.kind === 'dominatedBy' && address !== undefined ? { index: set.object, address } : null;
}

function chipName({ set, objectsShown }: Finding): string {
  return set?.kind === 'dominatedBy' ? `retained by ${objectsShown[0] ?? ''}` : '';
}
