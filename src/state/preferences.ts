import { type GroupingKey, isGroupingKey } from '../../workers/protocol/object-set.ts';

/** What the browser stores between visits: settings, names of files and groupings, but nothing from a dump. */
export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  inspectorOpen: boolean;
  /** Whether likely secrets are masked on screen. */
  masking: boolean;
  /** Whether the browser stores handles of recent files. */
  keepsHandles: boolean;
  recentFiles: RecentFile[];
  /** Groupings that the user named, in the order in which they were saved. */
  keptGroupings: KeptGrouping[];
}

/** The keys of a grouping, outermost first, with a name given by the user. */
export interface KeptGrouping {
  name: string;
  keys: GroupingKey[];
}

export const MAX_SAVED_GROUPINGS = 30;
export const MAX_GROUPING_KEYS = 5;

/** A file that was opened: its name and size, so that it can be found again. */
export interface RecentFile {
  name: string;
  fileBytes: number;
  openedAt: number;
}

export const MAX_RECENT_FILES = 6;

const KEY = 'heapscape.preferences';

export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  inspectorOpen: true,
  masking: false,
  keepsHandles: false,
  recentFiles: [],
  keptGroupings: [],
};

/** Reads the stored preferences; anything missing, malformed or inaccessible has its default value. */
export function loadPreferences(storage: Storage | null = browserStorage()): Preferences {
  try {
    return parsePreferences(JSON.parse(storage?.getItem(KEY) ?? '{}'));
  } catch {
    // This version does not write invalid JSON, so there is nothing to recover.
    return DEFAULT_PREFERENCES;
  }
}

/** Stores the preferences, if the browser allows it. */
export function savePreferences(preferences: Preferences, storage: Storage | null = browserStorage()): void {
  try {
    storage?.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // If storage is full or forbidden, these settings are lost at the end of the visit, nothing else.
  }
}

/** Local storage, or null if the browser forbids access. */
function browserStorage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

function parsePreferences(value: unknown): Preferences {
  if (typeof value !== 'object' || value === null) return DEFAULT_PREFERENCES;
  const { theme, inspectorOpen, masking, keepsHandles, recentFiles, keptGroupings } = value as Record<
    string,
    unknown
  >;
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    inspectorOpen: inspectorOpen !== false,
    masking: masking === true,
    keepsHandles: keepsHandles === true,
    recentFiles: Array.isArray(recentFiles)
      ? recentFiles.filter(isRecentFile).slice(0, MAX_RECENT_FILES)
      : [],
    keptGroupings: Array.isArray(keptGroupings)
      ? keptGroupings.filter(isKeptGrouping).slice(0, MAX_SAVED_GROUPINGS)
      : [],
  };
}

function isKeptGrouping(value: unknown): value is KeptGrouping {
  if (typeof value !== 'object' || value === null) return false;
  const { name, keys } = value as Record<string, unknown>;
  const isList = Array.isArray(keys) && keys.length > 0 && keys.length <= MAX_GROUPING_KEYS;
  return typeof name === 'string' && isList && keys.every(isGroupingKey);
}

function isRecentFile(value: unknown): value is RecentFile {
  if (typeof value !== 'object' || value === null) return false;
  const { name, fileBytes, openedAt } = value as Record<string, unknown>;
  return typeof name === 'string' && typeof fileBytes === 'number' && typeof openedAt === 'number';
}
