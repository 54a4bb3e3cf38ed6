import { Plus, X } from 'lucide-react';
import { formatBytes } from '../../format/bytes.ts';
import { formatCountOf } from '../../format/counts.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { runtimeText } from '../../format/runtime.ts';
import { pickFiles } from '../../session/pick-files.ts';
import { useSession } from '../../session/session.ts';
import { useApp } from '../../state/use-app.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Tooltip } from '../../widgets/Tooltip.tsx';
import styles from './Dumps.module.css';

/** An open file, as its tab shows it. */
interface OpenFile {
  id: number;
  name: string;
  /** What it is, in one line. */
  about: string;
}

/** The open files: the one in front, the others a click away, each with its close. */
export function Dumps() {
  const { desk, recent } = useSession();
  const snapshots = useApp(state => state.snapshots);
  const profiles = useApp(state => state.profiles);
  const active = useApp(state => state.active);
  const activate = useApp(state => state.activate);
  const add = async () => desk.openAll(await pickFiles(recent.noting()));
  const files: OpenFile[] = [
    ...snapshots.map(({ id, name, objects, shallowBytes, ...info }) => ({
      id,
      name,
      about: `${runtimeText(info)} \u00b7 ${formatCountOf(objects, 'object')} \u00b7 ${formatBytes(shallowBytes)}`,
    })),
    ...profiles.map(({ id, name, format }) => ({ id, name, about: format })),
  ];
  return (
    <fieldset className={styles.dumps} aria-label="Open files">
      {files.map(({ id, name, about }) => (
        <span key={id} className={styles.dump} data-active={id === active}>
          <Tooltip text={`${oneLine(name)}\n${about}`}>
            <button
              type="button"
              className={styles.name}
              aria-pressed={id === active}
              onClick={() => activate(id)}
            >
              {cutMiddle(oneLine(name), 28)}
            </button>
          </Tooltip>
          <IconButton
            icon={X}
            label={`Close ${oneLine(name)}`}
            className={styles.close}
            onClick={() => void desk.close(id)}
          />
        </span>
      ))}
      <IconButton icon={Plus} label="Open another file" onClick={() => void add()} />
    </fieldset>
  );
}
