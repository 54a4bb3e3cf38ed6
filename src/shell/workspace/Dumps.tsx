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

/** The open dumps: the one in front, the others a click away, each with its close. */
export function Dumps() {
  const { desk } = useSession();
  const snapshots = useApp(state => state.snapshots);
  const active = useApp(state => state.active);
  const activate = useApp(state => state.activate);
  const add = async () => desk.openAll(await pickFiles());
  return (
    <fieldset className={styles.dumps} aria-label="Open dumps">
      {snapshots.map(({ id, name, objects, shallowBytes, ...info }) => (
        <span key={id} className={styles.dump} data-active={id === active}>
          <Tooltip
            text={`${oneLine(name)}\n${runtimeText(info)} \u00b7 ${formatCountOf(objects, 'object')} \u00b7 ${formatBytes(shallowBytes)}`}
          >
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
      <IconButton icon={Plus} label="Open another dump" onClick={() => void add()} />
    </fieldset>
  );
}
