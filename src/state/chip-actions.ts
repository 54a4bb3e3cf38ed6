import { type AppActions, type AppState, type AppStore, NO_DRAFT } from './app-state.ts';
import { addChip, type Chip, chipFor, chipKey, intersectChips, invertChip, replaceChip } from './chips.ts';

/** Maximum number of undo steps. */
const UNDO_KEPT = 50;

/** The state with other chips; the current ones can be restored with undo. */
export function withChips(
  state: AppState,
  chips: Chip[],
): Pick<AppState, 'chips' | 'earlierChips' | 'undoneChips'> {
  return {
    chips,
    earlierChips: [...state.earlierChips, state.chips].slice(-UNDO_KEPT),
    undoneChips: [],
  };
}

type ChipAction =
  | 'narrow'
  | 'removeChip'
  | 'invertChip'
  | 'setChips'
  | 'setDraft'
  | 'applyDraft'
  | 'nameChip'
  | 'forgetSet'
  | 'undoChips'
  | 'redoChips';

/** Actions that change the current set: its chips, the filter being typed, and undo. */
export function chipActions(
  set: AppStore['setState'],
  get: AppStore['getState'],
): Pick<AppActions, ChipAction> {
  const change = (chips: Chip[]) => withChips(get(), chips);
  return {
    narrow: chip => set(change(addChip(get().chips, chip))),
    removeChip: chip => set(change(get().chips.filter(other => chipKey(other) !== chipKey(chip)))),
    invertChip: chip => set(change(replaceChip(get().chips, chipKey(chip), invertChip(chip)))),
    setChips: chips => set(change(chips)),
    setDraft: draft => set({ draft }),
    applyDraft: chip => {
      const { chips, draft } = get();
      const edited = chips.find(other => chipKey(other) === draft.replaces);
      const next =
        edited === undefined ? intersectChips(chips, chip) : replaceChip(chips, chipKey(edited), chip);
      set({ ...change(next), draft: NO_DRAFT });
    },
    nameChip: (chip, name) => {
      const named = chipFor(chip.spec, name.trim());
      const others = get().keptSets.filter(other => chipKey(other) !== chipKey(chip));
      set({
        ...change(replaceChip(get().chips, chipKey(chip), named)),
        keptSets: name.trim() === '' ? others : [...others, named],
      });
    },
    forgetSet: chip => set({ keptSets: get().keptSets.filter(other => chipKey(other) !== chipKey(chip)) }),
    undoChips: () => {
      const { earlierChips, chips, undoneChips } = get();
      const earlier = earlierChips.at(-1);
      if (earlier === undefined) return;
      set({
        chips: earlier,
        earlierChips: earlierChips.slice(0, -1),
        undoneChips: [...undoneChips, chips],
      });
    },
    redoChips: () => {
      const { earlierChips, chips, undoneChips } = get();
      const undone = undoneChips.at(-1);
      if (undone === undefined) return;
      set({ chips: undone, earlierChips: [...earlierChips, chips], undoneChips: undoneChips.slice(0, -1) });
    },
  };
}
