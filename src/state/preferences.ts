/** What the browser remembers between visits: settings and names of files, never anything of a dump. */
export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  inspectorOpen: boolean;
  /** Whether likely secrets are masked on screen. */
  masking: boolean;
  /** Whether the browser remembers where recent files are. */
  keepsHandles: boolean;
  recentFiles: RecentFile[];
}

/** A file that was opened: its name and size, so that it can be found again. */
export interface RecentFile {
  name: string;
  fileBytes: number;
  openedAt: number;
}

export const RECENT_FILES_KEPT = 6;

const KEY = 'heapscape.preferences';

export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  inspectorOpen: true,
  masking: false,
  keepsHandles: false,
  recentFiles: [],
};

/** Reads what was remembered; whatever is missing, malformed or forbidden is the default. */
export function loadPreferences(storage: Storage | null = browserStorage()): Preferences {
  try {
    return parsePreferences(JSON.parse(storage?.getItem(KEY) ?? '{}'));
  } catch {
    // Text that is no JSON was not written by this version: there is nothing to keep of it.
    return DEFAULT_PREFERENCES;
  }
}

/** Remembers the preferences, where the browser lets the page. */
export function savePreferences(preferences: Preferences, storage: Storage | null = browserStorage()): void {
  try {
    storage?.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Full or forbidden storage costs the user nothing but the memory of these settings.
  }
}

/** Local storage, or null where the browser forbids even the look at it. */
function browserStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

function parsePreferences(value: unknown): Preferences {
  if (typeof value !== 'object' || value === null) return DEFAULT_PREFERENCES;
  const { theme, inspectorOpen, masking, keepsHandles, recentFiles } = value as Record<string, unknown>;
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    inspectorOpen: inspectorOpen !== false,
    masking: masking === true,
    keepsHandles: keepsHandles === true,
    recentFiles: Array.isArray(recentFiles)
      ? recentFiles.filter(isRecentFile).slice(0, RECENT_FILES_KEPT)
      : [],
  };
}

function isRecentFile(value: unknown): value is RecentFile {
  if (typeof value !== 'object' || value === null) return false;
  const { name, fileBytes, openedAt } = value as Record<string, unknown>;
  return typeof name === 'string' && typeof fileBytes === 'number' && typeof openedAt === 'number';
}
