import { CircleAlert, Lightbulb } from 'lucide-react';
import type { Overview, SnapshotInfo } from '../../../workers/protocol/rows.ts';
import { oneLine } from '../../format/names.ts';
import { chipFor } from '../../state/chips.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { findingsOf } from './findings.ts';
import styles from './OverviewView.module.css';

/** What is large and what is odd, in sentences. */
export function Findings({ overview, info }: { overview: Overview; info: SnapshotInfo }) {
  const select = useApp(state => state.select);
  const setInspectorOpen = useApp(state => state.setInspectorOpen);
  const narrow = useApp(state => state.narrow);
  const findings = findingsOf(overview, info);
  if (findings.length === 0) return null;
  return (
    <ul className={styles.findings} aria-label="What stands out">
      {findings.map(({ id, tone, text, row, set }) => {
        const Icon = tone === 'plain' ? CircleAlert : Lightbulb;
        return (
          <li key={id} className={styles.finding} data-tone={tone}>
            <Icon size={14} aria-hidden />
            <span>
              {oneLine(text)}{' '}
              {row === undefined ? null : (
                <Button
                  look="link"
                  onClick={() => {
                    select({ object: row.object.index, address: row.object.address });
                    setInspectorOpen(true);
                  }}
                  aria-label={`Why is ${oneLine(row.object.title || row.object.label)} at ${row.object.address} alive?`}
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
      })}
    </ul>
  );
}
