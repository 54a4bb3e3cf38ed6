import type { ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import type { Brush } from '../../charts/timeline/brush.ts';
import { chipFor, setOfChips } from '../../state/chips.ts';
import { generationsOf, onlyTermOf } from '../../state/set-text.ts';
import { useApp, useAppStore } from '../../state/use-app.ts';

/** The chip that corresponds to the brush, and the set of the other chips. */
export interface GenerationBrush {
  brush: Brush | null;
  /** The intersection of all chips except those about generations: what a timeline shows below the brush. */
  otherSet: ObjectSetSpec;
  onBrush(brush: Brush): void;
  onClear(): void;
  onUntraced(): void;
}

export function useGenerationBrush(): GenerationBrush {
  const chips = useApp(state => state.chips);
  const { narrow, setChips } = useAppStore().getState();
  const own = chips.find(chip => onlyTermOf(chip.spec)?.name === 'gen');
  const others = chips.filter(chip => chip !== own);
  return {
    brush: own === undefined ? null : generationsOf(own.spec),
    otherSet: setOfChips(others),
    onBrush: ({ from, to }) => narrow(chipFor({ kind: 'generations', from, to })),
    onClear: () => setChips(others),
    onUntraced: () => narrow(chipFor({ kind: 'untraced' })),
  };
}
