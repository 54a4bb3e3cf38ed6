import { useState } from 'react';
import { formatCountOf } from '../../format/counts.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { pickFiles } from '../../session/pick-files.ts';
import { useSession } from '../../session/session.ts';
import { useActiveSnapshot, useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { CheckField } from '../../widgets/Field.tsx';
import styles from './CompareView.module.css';

/** Shown instead of a comparison if the active dump is not part of a series: what to do. */
export function NoSeries() {
  const { fileManager, recent } = useSession();
  const snapshots = useApp(state => state.snapshots);
  const active = useActiveSnapshot();
  const others = snapshots.filter(({ id }) => id !== active?.id);
  const [leftOut, setLeftOut] = useState<readonly number[]>([]);
  const chosen = others.filter(({ id }) => !leftOut.includes(id));
  return (
    <div className={styles.noSeries}>
      <h2 className={styles.title}>Compare dumps</h2>
      <p>
        One dump shows what is in the heap. Two of the same process show what was created and freed, three
        show what was created and kept, and more show what keeps growing. Drop them together, or add them one
        by one.
      </p>
      {others.length > 1 && (
        <fieldset className={styles.choice}>
          <legend>Open dumps to compare this one with</legend>
          {others.map(({ id, name }) => (
            <CheckField
              key={id}
              label={cutMiddle(oneLine(name), 60)}
              checked={!leftOut.includes(id)}
              onChange={isChosen =>
                setLeftOut(isChosen ? leftOut.filter(other => other !== id) : [...leftOut, id])
              }
            />
          ))}
        </fieldset>
      )}
      <p>
        {active !== null && others.length > 0 && (
          <Button
            look="primary"
            disabled={chosen.length === 0}
            onClick={() => void fileManager.compare([active.id, ...chosen.map(({ id }) => id)])}
          >
            Compare with {formatCountOf(chosen.length, 'other open dump')}
          </Button>
        )}{' '}
        <Button onClick={async () => fileManager.openAll(await pickFiles(recent.noting()))}>
          Add dumps to compare with
        </Button>
      </p>
    </div>
  );
}
