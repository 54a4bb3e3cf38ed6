import type { RetainerPath } from '../../../workers/protocol/paths.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import { pathText } from '../../charts/retainer-path/path-text.ts';
import { RetainerPathChart } from '../../charts/retainer-path/RetainerPathChart.tsx';
import { formatCountOf } from '../../format/counts.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { defaultView } from '../../state/navigation.ts';
import { useActiveSnapshot, useAppStore } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { Defined } from '../../widgets/Defined.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import styles from './Inspector.module.css';
import { rootMeaning } from './root-meaning.ts';

/** A shortest retainer path of the object, from a root. */
export function WhyAlive(props: { object: ObjectRow; onSelect: (object: ObjectRow) => void }) {
  const { object, onSelect } = props;
  const { navigate } = useAppStore().getState();
  const { data, asked, error } = useAnswer('retainerPath', { object: object.index });
  // An answer about the previously selected object does not apply to this one.
  const path = asked?.object === object.index ? data : null;
  return (
    <section className={styles.why} aria-labelledby="why-alive">
      <h3 id="why-alive">Why is it alive?</h3>
      {error && <Notice tone="danger">The path could not be found: {error.message}</Notice>}
      {!path && !error && <p className={styles.quiet}>Looking for a path…</p>}
      {path && path.root === null && <Unreachable />}
      {path && path.root !== null && (
        <>
          <p className={styles.quiet}>
            A shortest <Defined term="retainerPath">retainer path</Defined>,{' '}
            {formatCountOf(path.length, 'step')} from the root. There may be others.
          </p>
          <RootMeaning root={path.root} />
          <RetainerPathChart
            path={path}
            onSelect={onSelect}
            onCut={cut => navigate({ ...defaultView('retainers'), of: object.address, cut: [cut] })}
          />
          <div className={styles.actions}>
            <CopyPath path={path} />
            <Button onClick={() => navigate({ ...defaultView('retainers'), of: object.address })}>
              Open in Why alive
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function RootMeaning({ root }: { root: string }) {
  const snapshot = useActiveSnapshot();
  if (snapshot === null) return null;
  const meaning = rootMeaning(snapshot.vocabulary, root);
  return meaning.doubtful ? (
    <Notice tone="warn">{meaning.text}</Notice>
  ) : (
    <p className={styles.quiet}>
      <strong>{root}</strong>: {meaning.text}
    </p>
  );
}

function Unreachable() {
  const snapshot = useActiveSnapshot();
  if (snapshot !== null && snapshot.incomplete.length > 0) {
    return (
      <Notice tone="warn">
        No root in this dump reaches it, but the dump is incomplete: the missing part may hold it.
      </Notice>
    );
  }
  if (snapshot?.referencesOnly) {
    return <Notice>No root reaches it by the references lists alone. With the default rule, one may.</Notice>;
  }
  return (
    <Notice>
      No root reaches it: it is garbage that had not been collected when the dump was taken. Nothing keeps it
      alive; the next GC would free it. Take dumps after <code>GC.start</code> to see less of this.
    </Notice>
  );
}

function CopyPath({ path }: { path: RetainerPath }) {
  return <CopyButton text={() => pathText(path)} label="Copy path" />;
}
