import { describe, expect, it } from 'vitest';
import { DEFAULT_PREFERENCES, loadPreferences, type Preferences, savePreferences } from './preferences.ts';

/** Storage that holds one text, or throws. */
function storageOf(text: string | null, refuses = false) {
  let kept = text;
  return {
    getItem: () => {
      if (refuses) throw new Error('forbidden');
      return kept;
    },
    setItem: (_: string, value: string) => {
      if (refuses) throw new Error('full');
      kept = value;
    },
  } as unknown as Storage;
}

describe('preferences', () => {
  it('are restored as they were saved', () => {
    const storage = storageOf(null);
    const saved: Preferences = {
      theme: 'dark',
      inspectorOpen: false,
      masking: true,
      keepsHandles: true,
      recentFiles: [{ name: 'heap.json', fileBytes: 12, openedAt: 34 }],
      keptGroupings: [{ name: 'who \u00b7 where', keys: ['gem', 'file'] }],
    };
    savePreferences(saved, storage);
    expect(loadPreferences(storage)).toEqual(saved);
  });

  it.each(['', '{', '[]', 'null', '{"theme":3,"recentFiles":[{"name":1}]}'])(
    'are the default for %j',
    text => {
      expect(loadPreferences(storageOf(text))).toEqual(DEFAULT_PREFERENCES);
    },
  );

  it('fall back to defaults without storage', () => {
    expect(loadPreferences(null)).toEqual(DEFAULT_PREFERENCES);
    expect(loadPreferences(storageOf(null, true))).toEqual(DEFAULT_PREFERENCES);
    savePreferences(DEFAULT_PREFERENCES, storageOf(null, true));
  });
});
