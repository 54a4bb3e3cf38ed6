import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { useApp, useAppStore } from '../../state/use-app.ts';
import { Notice } from '../../widgets/Notice.tsx';
import { ClassChain } from './ClassChain.tsx';
import { Contents } from './Contents.tsx';
import { DominatedClasses } from './DominatedClasses.tsx';
import { Figures } from './Figures.tsx';
import { FindAgain } from './FindAgain.tsx';
import styles from './Inspector.module.css';
import { Neighbours } from './Neighbours.tsx';
import { ObjectHeading } from './ObjectHeading.tsx';
import { RawRecord } from './RawRecord.tsx';
import { RecordFields } from './RecordFields.tsx';
import { StringValue } from './StringValue.tsx';
import { WhyAlive } from './WhyAlive.tsx';

/** All details of the selected object, and why it is alive. */
export default function Inspector() {
  const selection = useApp(state => state.selection);
  const { select } = useAppStore().getState();
  const object = selection?.object ?? null;
  // The row is answered from columns in memory at once; reading the record from the file takes longer.
  const row = useAnswer('rows', object === null ? null : { objects: [object] });
  const details = useAnswer('object', object === null ? null : { object });
  if (object === null) {
    return (
      <p className={styles.hint}>
        Select an object – a tile, a row, a step of a path – to see what it is and why it is alive.
      </p>
    );
  }
  const found = row.data?.[0];
  const shown = found?.index === object ? found : null;
  const read = details.data?.object.index === object ? details.data : null;
  const error = row.error ?? details.error;
  const onSelect = ({ index, address }: ObjectRow) => select({ object: index, address });
  return (
    <div className={styles.inspector} aria-busy={!read && !error}>
      {shown && <ObjectHeading object={shown} details={read} />}
      {error && <Notice tone="danger">The object could not be read: {error.message}</Notice>}
      {shown && (
        <div className={styles.columns}>
          <WhyAlive key={object} object={shown} onSelect={onSelect} />
          <div>
            <Figures object={shown} details={read} onSelect={onSelect} />
            {read !== null && (read.text !== null || shown.hasText) && (
              <StringValue key={object} details={read} onSelect={onSelect} />
            )}
          </div>
        </div>
      )}
      {read && (
        <>
          <Contents key={`contents ${object}`} object={read.object} onSelect={onSelect} />
          <DominatedClasses key={`freed ${object}`} details={read} />
          <Neighbours key={`to ${object}`} details={read} direction="references" onSelect={onSelect} />
          <Neighbours key={`from ${object}`} details={read} direction="referrers" onSelect={onSelect} />
          <ClassChain key={`chain ${object}`} details={read} onSelect={onSelect} />
          <RecordFields details={read} />
          <RawRecord key={object} details={read} />
          <FindAgain key={`again ${object}`} details={read} />
        </>
      )}
    </div>
  );
}
