import { BookmarkMinus, BookmarkPlus, Pencil } from 'lucide-react';
import { useState } from 'react';
import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import { useApp, useAppStore } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { TextField } from '../../widgets/Field.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import styles from './Treemap.module.css';

/** Stores the keys of a grouping under a name given by the user, renames it, or deletes it. */
export function KeptGroupings({ keys, suggested }: { keys: readonly GroupingKey[]; suggested: string }) {
  const kept = useApp(state => state.keptGroupings.find(one => one.keys.join() === keys.join()));
  const { keepGrouping, forgetGrouping } = useAppStore().getState();
  const [name, setName] = useState<string | null>(null);
  if (name === null && kept !== undefined) {
    return (
      <>
        <IconButton
          icon={Pencil}
          label={`Rename the grouping “${kept.name}”`}
          onClick={() => setName(kept.name)}
        />
        <IconButton
          icon={BookmarkMinus}
          label={`Forget the grouping “${kept.name}”`}
          onClick={() => forgetGrouping(kept.name)}
        />
      </>
    );
  }
  if (name === null) {
    return <IconButton icon={BookmarkPlus} label="Keep this grouping" onClick={() => setName(suggested)} />;
  }
  const keep = () => {
    const given = name.trim();
    if (given !== '') {
      if (kept !== undefined) forgetGrouping(kept.name);
      keepGrouping({ name: given, keys: [...keys] });
    }
    setName(null);
  };
  return (
    <form
      className={styles.keep}
      onSubmit={event => {
        event.preventDefault();
        keep();
      }}
    >
      <TextField
        aria-label="Name of the grouping"
        value={name}
        maxLength={60}
        autoFocus
        onChange={event => setName(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') setName(null);
        }}
      />
      <Button type="submit">Keep</Button>
    </form>
  );
}
