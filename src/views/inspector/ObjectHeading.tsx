import type { ObjectDetails } from '../../../workers/protocol/object-details.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import { formatBytes } from '../../format/bytes.ts';
import { oneLine } from '../../format/names.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { chipFor } from '../../state/chips.ts';
import { defaultView } from '../../state/navigation.ts';
import { retainedBy } from '../../state/set-text.ts';
import { useApp, useAppStore, useCurrentSet } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { Defined } from '../../widgets/Defined.tsx';
import { TypeDot } from '../../widgets/figures.tsx';
import { objectText } from '../../widgets/ObjectName.tsx';
import { detailsJson } from './details-json.ts';
import styles from './Inspector.module.css';

/** The object's name and address, and actions on it. */
export function ObjectHeading({ object, details }: { object: ObjectRow; details: ObjectDetails | null }) {
  const treemap = useApp(state => (state.view.kind === 'treemap' ? state.view : null));
  const isExcluded = useIsExcluded(object);
  const { narrow, navigate } = useAppStore().getState();
  const isNamed = object.title !== '' && object.isNamed;
  const title = oneLine(isNamed ? object.title : `${object.label} ${object.title}`);
  return (
    <header className={styles.heading}>
      <h2 className={styles.title}>
        <TypeDot of={object} />
        <span>{title}</span>
      </h2>
      <p className={styles.subtitle}>
        {isNamed && <span>{oneLine(object.label)}</span>}
        <span>type {oneLine(object.type)}</span>
        <span>retains {formatBytes(object.retainedBytes)}</span>
        {!object.reachable && (
          <span className={styles.badge}>
            <Defined term="unreachable">unreachable</Defined>
          </span>
        )}
        {isExcluded && <span className={styles.badge}>not in the current set</span>}
        {details?.overhead && (
          <span className={styles.badge}>
            <Defined term="measurementOverhead">measurement overhead</Defined>
          </span>
        )}
      </p>
      <p className={styles.address}>
        <code>{object.address}</code>
        <CopyButton look="link" text={object.address} label="Copy address" />
        {details && <CopyButton look="link" text={() => detailsJson(details)} label="Copy as JSON" />}
      </p>
      {object.reachable && (
        <p className={styles.actions}>
          <Button
            onClick={() => narrow(chipFor(retainedBy(object.address), `retained by ${objectText(object)}`))}
          >
            Show only what it retains
          </Button>
          <Button
            onClick={() =>
              navigate({
                ...(treemap ?? defaultView('treemap')),
                source: { by: 'dominators', root: { kind: 'object', object: object.index } },
              })
            }
          >
            Open in treemap
          </Button>
        </p>
      )}
    </header>
  );
}

/** Whether the object is not in the current set. */
function useIsExcluded({ address }: ObjectRow): boolean {
  const current = useCurrentSet();
  const { data, tag } = useAnswer('setSize', current.kind === 'all' ? null : {}, {
    set: { kind: 'and', sets: [current, { kind: 'filter', text: address }] },
    tag: address,
  });
  return tag === address && data?.objects === 0;
}
