import type { AppStore } from '../state/app-state.ts';
import { savePreferences } from '../state/preferences.ts';
import { followTheme } from '../theme/theme-choice.ts';

/** Stores preferences when they change, and applies the chosen theme. */
export function keepPreferences(store: AppStore): void {
  let stopFollowing = followTheme(store.getState().theme);
  store.subscribe((state, before) => {
    if (state.theme !== before.theme) {
      stopFollowing();
      stopFollowing = followTheme(state.theme);
    }
    const { theme, inspectorOpen, masking, keepsHandles, recentFiles, keptGroupings } = state;
    const changed =
      theme !== before.theme ||
      masking !== before.masking ||
      keepsHandles !== before.keepsHandles ||
      inspectorOpen !== before.inspectorOpen ||
      recentFiles !== before.recentFiles ||
      keptGroupings !== before.keptGroupings;
    if (changed) {
      savePreferences({ theme, inspectorOpen, masking, keepsHandles, recentFiles, keptGroupings });
    }
  });
}
