import { Contrast, Redo2, Undo2, X } from 'lucide-react';
import { formatBytes } from '../../format/bytes.ts';
import { formatCountOf } from '../../format/counts.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { type Chip, chipKey } from '../../state/chips.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Defined } from '../../widgets/Defined.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import styles from './ChipBar.module.css';

/** What narrows every view: one chip a set, and what all of them leave. */
export function ChipBar() {
  const chips = useApp(state => state.chips);
  const canUndo = useApp(state => state.earlierChips.length > 0);
  const canRedo = useApp(state => state.undoneChips.length > 0);
  const setChips = useApp(state => state.setChips);
  const undo = useApp(state => state.undoChips);
  const redo = useApp(state => state.redoChips);
  if (chips.length === 0 && !canUndo && !canRedo) return null;
  return (
    <section className={styles.bar} aria-label="Active sets">
      {chips.length === 0 ? (
        <span className={styles.quiet}>The whole heap</span>
      ) : (
        <>
          <Defined term="objectSet">Only</Defined>
          <ul className={styles.chips}>
            {chips.map(chip => (
              <li key={chipKey(chip)}>
                <ChipItem chip={chip} />
              </li>
            ))}
          </ul>
          <SetSize />
          <Button look="link" onClick={() => setChips([])}>
            Show the whole heap
          </Button>
        </>
      )}
      <div className={styles.history}>
        <IconButton icon={Undo2} label="Undo" shortcut="Ctrl Z" disabled={!canUndo} onClick={undo} />
        <IconButton icon={Redo2} label="Redo" shortcut="Shift Ctrl Z" disabled={!canRedo} onClick={redo} />
      </div>
    </section>
  );
}

function ChipItem({ chip }: { chip: Chip }) {
  const removeChip = useApp(state => state.removeChip);
  const invertChip = useApp(state => state.invertChip);
  const label = oneLine(chip.label);
  const { data } = useAnswer('setSize', {}, { set: chip.spec });
  return (
    <span className={styles.chip}>
      <span className={styles.label} title={label}>
        {cutMiddle(label, 48)}
      </span>
      {data === null ? null : (
        <span className={styles.quiet}>
          {formatCountOf(data.objects, 'object')} · {formatBytes(data.shallowBytes)}
        </span>
      )}
      <IconButton
        icon={Contrast}
        label={`Invert ${label}`}
        className={styles.button}
        onClick={() => invertChip(chip)}
      />
      <IconButton
        icon={X}
        label={`Remove ${label}`}
        className={styles.button}
        onClick={() => removeChip(chip)}
      />
    </span>
  );
}

/** What all chips together leave; where that is nothing, which chip to blame. */
function SetSize() {
  const chips = useApp(state => state.chips);
  const { data } = useAnswer('setSize', {});
  if (data === null || (chips.length === 1 && data.objects > 0)) return null;
  return (
    <span className={styles.total} role="status">
      {data.objects === 0
        ? 'Nothing matches'
        : `together ${formatCountOf(data.objects, 'object')} \u00b7 ${formatBytes(data.shallowBytes)}`}
    </span>
  );
}
