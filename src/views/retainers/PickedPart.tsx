import { EyeOff, Scissors } from 'lucide-react';
import { type Exclusion, exclusionText } from '../../../workers/protocol/exclusions.ts';
import { oneLine } from '../../format/names.ts';
import { defaultView } from '../../state/navigation.ts';
import { useApp, useAppStore } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import styles from './RetainersView.module.css';

/** Actions on the picked box or line: find paths without it, or see what would be freed without it. */
export function PickedPart({ exclusion, name }: { exclusion: Exclusion; name: string }) {
  const { navigate } = useAppStore().getState();
  const view =
    useApp(state => (state.view.kind === 'retainers' ? state.view : null)) ?? defaultView('retainers');
  const isIn = (list: readonly Exclusion[]) =>
    list.some(other => exclusionText(other) === exclusionText(exclusion));
  return (
    <span className={styles.picked}>
      <strong title={oneLine(name)}>{oneLine(name)}</strong>
      <Button
        disabled={isIn(view.ignore)}
        onClick={() => navigate({ ...view, ignore: [...view.ignore, exclusion] })}
      >
        <EyeOff size={14} aria-hidden />
        Ignore
      </Button>
      <Button disabled={isIn(view.cut)} onClick={() => navigate({ ...view, cut: [...view.cut, exclusion] })}>
        <Scissors size={14} aria-hidden />
        What if cut?
      </Button>
    </span>
  );
}
