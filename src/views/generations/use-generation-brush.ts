import type { ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import type { Brush } from '../../charts/timeline/brush.ts';
import { chipFor, setOfChips } from '../../state/chips.ts';
import { generationsOf, onlyTermOf } from '../../state/set-text.ts';
import { useApp, useAppStore } from '../../state/use-app.ts';

/** The chip that the brush is, and what the other chips leave. */
export interface GenerationBrush {
  brush: Brush | null;
  /** The set of all chips but those about generations: what a timeline shows that the brush lies on. */
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
