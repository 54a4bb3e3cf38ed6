import { lazy, Suspense } from 'react';
import { useApp } from '../../state/use-app.ts';
import { MainLandmark } from '../../widgets/Tooltip.tsx';
import { Problems } from '../problem/Problems.tsx';
import styles from './Loading.module.css';
import { Loads } from './Loads.tsx';

/** Loaded separately: the landing page does not need its table. */
const Preview = lazy(() => import('./Preview.tsx').then(({ Preview }) => ({ default: Preview })));

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
        <Suspense>
          <Preview preview={preview} />
        </Suspense>
      )}
    </MainLandmark>
  );
}
