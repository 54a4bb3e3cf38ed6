import { Plus, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
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

/** An open file, as shown on its tab. */
interface OpenFile {
  id: number;
  name: string;
  /** A description in one line. */
  about: string;
}

/** Number that tells apart tabs of files with the same name: ` (2)`. */
function numberOf(files: readonly OpenFile[], id: number): string {
  const own = files.find(file => file.id === id);
  const alike = files.filter(({ name }) => name === own?.name);
  return alike.length < 2 ? '' : ` (${alike.findIndex(file => file.id === id) + 1})`;
}

/** The open files as tabs, each with a button to close it. */
export function Dumps() {
  const { fileManager, recent } = useSession();
  const snapshots = useApp(state => state.snapshots);
  const profiles = useApp(state => state.profiles);
  const active = useApp(state => state.active);
  const activate = useApp(state => state.activate);
  const add = async () => fileManager.openAll(await pickFiles(recent.noting()));
  const files: OpenFile[] = [
    ...snapshots.map(({ id, name, objects, shallowBytes, ...info }) => ({
      id,
      name,
      about: `${runtimeText(info)} \u00b7 ${formatCountOf(objects, 'object')} \u00b7 ${formatBytes(shallowBytes)}`,
    })),
    ...profiles.map(({ id, name, format }) => ({ id, name, about: format })),
  ];
  const tab = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another active file is another tab.
  useEffect(() => {
    tab.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active]);
  return (
    <fieldset className={styles.dumps} aria-label="Open files">
      {files.map(({ id, name, about }) => (
        <span key={id} ref={id === active ? tab : null} className={styles.dump} data-active={id === active}>
          <Tooltip text={`${oneLine(name)}\n${about}`}>
            <button
              type="button"
              className={styles.name}
              aria-pressed={id === active}
              onClick={() => activate(id)}
            >
              {cutMiddle(oneLine(name), 28)}
              {numberOf(files, id)}
            </button>
          </Tooltip>
          <IconButton
            icon={X}
            label={`Close ${oneLine(name)}`}
            className={styles.close}
            onClick={() => void fileManager.close(id)}
          />
        </span>
      ))}
      <IconButton icon={Plus} label="Open another file" onClick={() => void add()} />
    </fieldset>
  );
}
