import { useState } from 'react';
import type { Exclusion } from '../../../workers/protocol/exclusions.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import type { AddressText } from '../../../workers/protocol/units.ts';
import { RetainerPathChart } from '../../charts/retainer-path/RetainerPathChart.tsx';
import { formatCountOf } from '../../format/counts.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { useAppStore } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { QueryState } from '../shared/QueryState.tsx';
import styles from './RetainersView.module.css';

/** Paths added by one click. */
const AT_A_TIME = 3;
/** Maximum number of paths. */
const MOST = 48;

/** The next shortest paths to one object, side by side; each is computed on request. */
export function NextPaths(props: { of: AddressText; ignore: Exclusion[]; onCut: (cut: Exclusion) => void }) {
  const { of, ignore, onCut } = props;
  const { select } = useAppStore().getState();
  const [count, setCount] = useState(AT_A_TIME);
  const found = useAnswer('find', { text: of });
  const object = found.data?.address === of ? found.data.object : null;
  const wanted = `${of} ${JSON.stringify(ignore)}`;
  const answer = useAnswer('paths', object === null ? null : { object, count, ignore }, {
    lane: 'next paths',
    tag: wanted,
  });
  const paths = answer.tag === wanted ? answer.data : null;
  const onSelect = ({ index, address }: ObjectRow) => select({ object: index, address });
  return (
    <section className={styles.next} aria-label="Paths, one by one">
      <QueryState query={{ ...answer, data: paths }} />
      {paths && (
        <>
          <ol className={styles.paths}>
            {paths.map((path, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: paths come in an order that does not change.
              <li key={at} className={styles.path}>
                <h3>
                  {at === 0 ? 'Shortest' : `Path ${at + 1}`}: {formatCountOf(path.length, 'step')}
                </h3>
                <RetainerPathChart path={path} onSelect={onSelect} onCut={onCut} />
              </li>
            ))}
          </ol>
          {paths.length < count ? (
            <p className={styles.quiet}>There are no other paths that visit no object twice.</p>
          ) : (
            count < MOST && (
              <Button disabled={answer.pending} onClick={() => setCount(paths.length + AT_A_TIME)}>
                Show the next {AT_A_TIME}
              </Button>
            )
          )}
        </>
      )}
    </section>
  );
}
