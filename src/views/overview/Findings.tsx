import { CircleAlert, Lightbulb } from 'lucide-react';
import type { Finding } from '../../../workers/protocol/findings.ts';
import type { Overview } from '../../../workers/protocol/overview.ts';
import type { SnapshotInfo } from '../../../workers/protocol/snapshot-info.ts';
import { formatCountOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { findingKey } from '../../state/app-state.ts';
import { chipFor } from '../../state/chips.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { hintsOf, largeObjects, type Remark, remarksOf } from './findings.ts';
import styles from './OverviewView.module.css';

/** Maximum number of findings that the overview shows; the others are in the findings view. */
const MAX_REMARKS = 4;
/** Findings of this kind are shown besides leaks; the overview has sentences of its own about other kinds. */
const LARGE = 'large';

/** What is large and what is unusual, in sentences. */
export function Findings({ overview, info }: { overview: Overview; info: SnapshotInfo }) {
  const marks = useApp(state => state.findingMarks);
  const navigate = useApp(state => state.navigate);
  const { data, pending } = useAnswer('findings', {}, { lane: 'overview findings' });
  const isDismissed = ({ id }: Finding) => marks[findingKey(info.id, id)] === 'dismissed';
  const found = (data?.findings ?? []).filter(finding => !isDismissed(finding));
  const about = [
    ...found.filter(({ group }) => group === 'leak'),
    ...found.filter(({ kind }) => kind === LARGE),
    ...found.filter(({ group }) => group === 'waste').slice(0, 1),
  ];
  const shownRemarks = remarksOf(about.slice(0, MAX_REMARKS));
  // In a small heap no finding of this kind is reported: list its largest objects instead.
  const large = about.some(({ group }) => group !== 'waste') || pending ? [] : largeObjects(overview);
  const remarks = [...shownRemarks, ...large, ...hintsOf(overview, info)];
  const others = found.length - shownRemarks.length;
  if (remarks.length === 0) return null;
  return (
    <ul className={styles.findings} aria-label="What stands out">
      {remarks.map(remark => (
        <RemarkItem key={remark.id} remark={remark} />
      ))}
      {others === 0 ? null : (
        <li>
          <Button look="link" onClick={() => navigate('findings')}>
            {formatCountOf(others, 'more finding')}
          </Button>
        </li>
      )}
    </ul>
  );
}

function RemarkItem({ remark: { tone, text, object, set } }: { remark: Remark }) {
  const select = useApp(state => state.select);
  const setInspectorOpen = useApp(state => state.setInspectorOpen);
  const narrow = useApp(state => state.narrow);
  const Icon = tone === 'plain' ? CircleAlert : Lightbulb;
  return (
    <li className={styles.finding} data-tone={tone}>
      <Icon size={14} aria-hidden />
      <span>
        {oneLine(text)}{' '}
        {object === undefined ? null : (
          <Button
            look="link"
            onClick={() => {
              select({ object: object.index, address: object.address });
              setInspectorOpen(true);
            }}
            aria-label={`Why is ${oneLine(object.name)} at ${object.address} alive?`}
          >
            Why is it alive?
          </Button>
        )}
        {set === undefined ? null : (
          <Button look="link" onClick={() => narrow(chipFor(set))}>
            Show only these
          </Button>
        )}
      </span>
    </li>
  );
}
