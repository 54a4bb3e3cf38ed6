import { formatCountOf } from '../../format/counts.ts';
import { pickFiles } from '../../session/pick-files.ts';
import { useSession } from '../../session/session.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import styles from './CompareView.module.css';

/** In place of a comparison, where the dump in front is compared with no other: what to do. */
export function NoSeries() {
  const { desk, recent } = useSession();
  const snapshots = useApp(state => state.snapshots);
  const others = snapshots.length - 1;
  return (
    <div className={styles.noSeries}>
      <h2 className={styles.title}>Compare dumps</h2>
      <p>
        One dump says what is there. Two of the same process say what came and went, three say what was made
        and kept, and more say what keeps growing. Drop them at once, or add them one after the other.
      </p>
      <p>
        {others > 0 && (
          <Button look="primary" onClick={() => void desk.compare(snapshots.map(({ id }) => id))}>
            Compare with {formatCountOf(others, 'other open dump')}
          </Button>
        )}{' '}
        <Button onClick={async () => desk.openAll(await pickFiles(recent.noting()))}>
          Add dumps to compare with
        </Button>
      </p>
    </div>
  );
}
