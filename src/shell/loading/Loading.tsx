import { lazyComponent } from '../../session/lazy-component.tsx';
import { useApp } from '../../state/use-app.ts';
import { MainLandmark } from '../../widgets/Tooltip.tsx';
import { Problems } from '../problem/Problems.tsx';
import { FailureBoundary } from '../workspace/FailureBoundary.tsx';
import styles from './Loading.module.css';
import { Loads } from './Loads.tsx';

/** Loaded separately: the landing page does not need its table. */
const Preview = lazyComponent(() => import('./Preview.tsx'));
/** Loads the code of the preview before the first figures arrive. */
export const loadPreview = Preview.load;

/** The page while the first dump is being read: its progress, and a preview of the records so far. */
export function Loading() {
  const loads = useApp(state => state.loads);
  const preview = loads.find(load => !load.isDone && load.progress?.preview)?.progress?.preview ?? null;
  return (
    <MainLandmark className={styles.loading}>
      <h1 className={styles.hidden}>Opening a file</h1>
      <Problems />
      <Loads />
      {preview === null ? null : (
        <FailureBoundary>
          <Preview preview={preview} />
        </FailureBoundary>
      )}
    </MainLandmark>
  );
}
