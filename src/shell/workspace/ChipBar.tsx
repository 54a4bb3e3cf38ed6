import { Contrast, Tag, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { formatBytes } from '../../format/bytes.ts';
import { formatCountOf } from '../../format/counts.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { useAnswer } from '../../session/use-answer.ts';
import {
  type Chip,
  chipKey,
  chipText,
  intersectChips,
  nameOfChip,
  shortChipText,
  textOfChips,
} from '../../state/chips.ts';
import { useActiveSnapshot, useApp, useAppStore } from '../../state/use-app.ts';
import { shortGroupText } from '../../views/shared/FilePath.tsx';
import { Button } from '../../widgets/Button.tsx';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { Defined } from '../../widgets/Defined.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { FILTER_INPUT_ID } from '../keyboard/use-shortcuts.ts';
import styles from './ChipBar.module.css';

/** The current set: one chip for each part, and the size of their intersection. */
export function ChipBar() {
  const chips = useApp(state => state.chips);
  const setChips = useApp(state => state.setChips);
  const keepsSets = useApp(state => state.keptSets.length > 0);
  const text = textOfChips(chips);
  if (chips.length === 0 && !keepsSets) return null;
  return (
    <section className={styles.bar} aria-label="Active sets">
      {chips.length === 0 ? (
        <span className={styles.quiet}>The whole heap</span>
      ) : (
        <>
          <Defined term="objectSet">Showing only</Defined>
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
          {text === null ? null : <CopyButton text={text} label="Copy" accessibleLabel="Copy the filter" />}
        </>
      )}
      <KeptSets />
    </section>
  );
}

function ChipItem({ chip }: { chip: Chip }) {
  const { removeChip, invertChip, setDraft, nameChip } = useAppStore().getState();
  const [naming, setNaming] = useState(false);
  const label = oneLine(chip.label);
  const text = chipText(chip);
  const root = useActiveSnapshot()?.applicationRoot ?? '';
  const shown =
    nameOfChip(chip) === null ? shortChipText(chip, (path, key) => shortGroupText(key, path, root)) : label;
  const { data, error } = useAnswer('setSize', {}, { set: chip.spec });
  const edit = () => {
    if (text === null) return;
    setDraft({ text, replaces: chipKey(chip) });
    document.getElementById(FILTER_INPUT_ID)?.focus();
  };
  return (
    <span className={styles.chip}>
      {naming ? (
        <NameInput
          name={nameOfChip(chip) ?? ''}
          onName={name => {
            setNaming(false);
            if (name !== null) nameChip(chip, name);
          }}
        />
      ) : (
        <button
          type="button"
          className={styles.label}
          title={oneLine(text ?? label)}
          aria-label={`Edit ${label}`}
          disabled={text === null}
          onClick={edit}
        >
          {cutMiddle(oneLine(shown), 48)}
        </button>
      )}
      {error === null ? null : <span role="alert">{error.message}</span>}
      {data === null ? null : (
        <span className={styles.quiet}>
          {formatCountOf(data.objects, 'object')} · {formatBytes(data.shallowBytes)}
        </span>
      )}
      <span className={styles.buttons}>
        <IconButton
          icon={Contrast}
          label={`Invert ${label}`}
          className={styles.button}
          onClick={() => invertChip(chip)}
        />
        <IconButton
          icon={Tag}
          label={`Name ${label}`}
          className={styles.button}
          onClick={() => setNaming(true)}
        />
        <IconButton
          icon={X}
          label={`Remove ${label}`}
          className={styles.button}
          onClick={() => removeChip(chip)}
        />
      </span>
    </span>
  );
}

/**
 * Input for naming a chip: Enter accepts the name, Escape keeps the previous one. With an empty name, the chip shows
 * its filter.
 */
function NameInput({ name, onName }: { name: string; onName: (name: string | null) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <input
      ref={input}
      type="text"
      className={styles.name}
      aria-label="Name of the set"
      placeholder="Name"
      maxLength={60}
      defaultValue={name}
      onBlur={() => onName(null)}
      onKeyDown={event => {
        if (event.key === 'Enter') onName(event.currentTarget.value);
        if (event.key === 'Escape') onName(null);
      }}
    />
  );
}

/** Named sets that are not among the chips, to be used again or forgotten. */
function KeptSets() {
  const chips = useApp(state => state.chips);
  const kept = useApp(state => state.keptSets);
  const { setChips, forgetSet } = useAppStore().getState();
  const used = new Set(chips.map(chipKey));
  const unused = kept.filter(chip => !used.has(chipKey(chip)));
  if (unused.length === 0) return null;
  return (
    <select
      className={styles.kept}
      aria-label="Add a named set"
      value=""
      onChange={event => {
        const [act, key] = event.target.value.split(/ (.*)/s);
        const chosen = unused.find(chip => chipKey(chip) === key);
        if (chosen === undefined) return;
        if (act === 'forget') forgetSet(chosen);
        else setChips(intersectChips(chips, chosen));
      }}
    >
      <option value="">Named sets…</option>
      {(['add', 'forget'] as const).map(act => (
        <optgroup key={act} label={act === 'add' ? 'Show only' : 'Forget'}>
          {unused.map(chip => (
            <option key={chipKey(chip)} value={`${act} ${chipKey(chip)}`}>
              {act === 'forget' ? 'Forget ' : ''}
              {oneLine(chip.label)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

/** The size of the intersection of all chips; if it is empty, the chip that causes it. */
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
