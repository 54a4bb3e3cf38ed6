import { ChevronLeft, ChevronRight, Minimize2, RotateCw, X } from 'lucide-react';
import { useState } from 'react';
import type { ComparedDump } from '../../../workers/protocol/comparison.ts';
import type { SnapshotId } from '../../../workers/protocol/units.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCountOf } from '../../format/counts.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { runtimeText } from '../../format/runtime.ts';
import { useSession } from '../../session/session.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import styles from './CompareView.module.css';

/** The dumps in the order of the series. Each can be moved by dragging or a button, removed, and activated. */
export function DumpList({ dumps }: { dumps: readonly ComparedDump[] }) {
  const { fileManager } = useSession();
  const active = useApp(state => state.active);
  const activate = useApp(state => state.activate);
  const snapshots = useApp(state => state.snapshots);
  const reduced = useApp(state => state.reduced);
  const [dragged, setDragged] = useState<SnapshotId | null>(null);
  const ids = dumps.map(({ id }) => id);
  const isOneProcess = dumps.every(({ process }) => process === dumps[0]?.process);
  const versionOf = (id: SnapshotId) => {
    const info = snapshots.find(snapshot => snapshot.id === id);
    return info === undefined ? '' : runtimeText(info);
  };
  const isOneRuby = new Set(ids.map(versionOf)).size === 1;
  const others = snapshots.filter(({ id }) => !ids.includes(id));
  const move = (id: SnapshotId, to: number) => {
    const next = ids.filter(other => other !== id);
    next.splice(to, 0, id);
    void fileManager.compare(next, 'given');
  };
  const takeOut = (id: SnapshotId) => {
    const rest = ids.filter(other => other !== id);
    const last = rest.at(-1);
    void fileManager.compare(rest, 'given');
    // Activate another dump of the series, so that the comparison stays visible.
    if (id === active && rest.length > 1 && last !== undefined) activate(last);
  };
  return (
    <section>
      <ol className={styles.dumps} aria-label="Dumps in the order in which they are compared">
        {dumps.map((dump, at) => {
          const name = oneLine(dump.name);
          return (
            <li
              key={dump.id}
              className={styles.dump}
              data-active={dump.id === active}
              data-dragged={dump.id === dragged}
              draggable
              onDragStart={event => {
                event.dataTransfer.effectAllowed = 'move';
                setDragged(dump.id);
              }}
              onDragEnd={() => setDragged(null)}
              onDragOver={event => {
                if (dragged !== null) event.preventDefault();
              }}
              onDrop={event => {
                if (dragged === null) return;
                event.preventDefault();
                event.stopPropagation();
                if (dragged !== dump.id) move(dragged, at);
              }}
            >
              <span className={styles.dumpName}>
                <Button look="link" aria-pressed={dump.id === active} onClick={() => activate(dump.id)}>
                  {cutMiddle(name, 32)}
                </Button>
                <IconButton
                  icon={ChevronLeft}
                  label={`Move ${name} one place earlier`}
                  disabled={at === 0}
                  onClick={() => move(dump.id, at - 1)}
                />
                <IconButton
                  icon={ChevronRight}
                  label={`Move ${name} one place later`}
                  disabled={at === dumps.length - 1}
                  onClick={() => move(dump.id, at + 1)}
                />
                {reduced.includes(dump.id) ? (
                  <IconButton
                    icon={RotateCw}
                    label={`Reload all of ${name}`}
                    onClick={() => void fileManager.readAgain(dump.id)}
                  />
                ) : (
                  <IconButton
                    icon={Minimize2}
                    label={`Reduce ${name} to what comparison needs, to save memory`}
                    disabled={ids.every(id => id === dump.id || reduced.includes(id))}
                    onClick={() => void fileManager.reduce(dump.id)}
                  />
                )}
                <IconButton
                  icon={X}
                  label={`Remove ${name} from the comparison`}
                  onClick={() => takeOut(dump.id)}
                />
              </span>
              <span className={styles.quiet}>
                {formatCountOf(dump.objects, 'object')} {'\u00b7'} {formatBytes(dump.shallowBytes)}
              </span>
              <span className={styles.quiet}>
                {dump.generation === null ? 'not traced' : `up to generation ${dump.generation}`}
                {dump.leftOut === null ? '' : ' \u00b7 incomplete'}
                {isOneRuby ? '' : ` \u00b7 ${versionOf(dump.id)}`}
                {isOneProcess ? '' : ` \u00b7 process ${dump.process + 1}`}
                {reduced.includes(dump.id) ? ' \u00b7 reduced to save memory' : ''}
              </span>
            </li>
          );
        })}
      </ol>
      <p className={styles.others}>
        {others.length > 0 && (
          <Button
            look="link"
            onClick={() => void fileManager.compare([...ids, ...others.map(({ id }) => id)])}
          >
            Add {formatCountOf(others.length, 'other open dump')} to the comparison
          </Button>
        )}
        {others.length > 1 &&
          others.map(({ id, name }) => (
            <Button key={id} look="link" onClick={() => void fileManager.compare([...ids, id])}>
              Add {cutMiddle(oneLine(name), 32)}
            </Button>
          ))}
        <Button look="link" onClick={() => void fileManager.compare([], 'given')}>
          Stop comparing
        </Button>
      </p>
    </section>
  );
}
