import { oneLine } from '../../format/names.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { setOfChips } from '../../state/chips.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import styles from './NothingMatches.module.css';

/** Shown for an empty set: the chips that exclude everything, and a button to remove each. */
export function NothingMatches() {
  const chips = useApp(state => state.chips);
  const removeChip = useApp(state => state.removeChip);
  const { data: sizesWithout } = useAnswer('setSizes', {
    sets: chips.map(dropped => setOfChips(chips.filter(chip => chip !== dropped))),
  });
  if (chips.length === 0) return <p>There is nothing here.</p>;
  const culprits = chips.filter((_, at) => (sizesWithout?.[at]?.objects ?? 0) > 0);
  const offered = culprits.length > 0 ? culprits : chips;
  return (
    <div className={styles.nothing} role="status">
      <p>No object is in all of the active sets.</p>
      {offered.map(chip => (
        <Button key={chip.label} onClick={() => removeChip(chip)}>
          Remove: {oneLine(chip.label)}
        </Button>
      ))}
    </div>
  );
}
