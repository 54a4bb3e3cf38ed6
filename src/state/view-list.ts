import type { ProfileInfo } from '../../workers/protocol/profile-questions.ts';
import type { SnapshotInfo } from '../../workers/protocol/snapshot-info.ts';
import type { SnapshotId } from '../../workers/protocol/units.ts';
import type { View, ViewKind } from './navigation.ts';

/** The kind of data in an open file, which decides which views it has. A profile over time also has a series. */
export type Subject = 'heap' | 'profile' | 'profile over time' | 'series';

/** The subject of an open file; null if no such file is open. */
export function subjectOf(
  open: { snapshots: readonly SnapshotInfo[]; profiles: readonly ProfileInfo[] },
  id: SnapshotId | null,
): Subject | null {
  if (open.snapshots.some(snapshot => snapshot.id === id)) return 'heap';
  const profile = open.profiles.find(one => one.id === id);
  if (profile === undefined) return null;
  if (profile.kind === 'series') return 'series';
  return profile.series === undefined ? 'profile' : 'profile over time';
}

interface ViewEntry {
  kind: ViewKind;
  name: string;
  /** Description in one line. */
  shows: string;
  /** The key after `g` that opens it. */
  shortcut: string;
  takes: readonly Subject[];
}

const HEAPS: readonly Subject[] = ['heap'];
const PROFILES: readonly Subject[] = ['profile', 'profile over time'];

/** All views, in the order of the rail. A file has the views that take its subject. */
export const VIEWS: readonly ViewEntry[] = [
  {
    kind: 'overview',
    name: 'Overview',
    shows: 'What fills the heap, at a glance',
    shortcut: 'o',
    takes: HEAPS,
  },
  {
    kind: 'findings',
    name: 'Findings',
    shows: 'What leaks, what is wasted and why',
    shortcut: 'i',
    takes: HEAPS,
  },
  {
    kind: 'treemap',
    name: 'Treemap',
    shows: 'The heap as areas, by what keeps it or by group',
    shortcut: 't',
    takes: HEAPS,
  },
  {
    kind: 'tree',
    name: 'Dominators',
    shows: 'What retains what, as a tree that opens row by row',
    shortcut: 'd',
    takes: HEAPS,
  },
  { kind: 'flame', name: 'Flame', shows: 'What holds what, level by level', shortcut: 'f', takes: HEAPS },
  {
    kind: 'generations',
    name: 'Generations',
    shows: 'When the live objects were allocated, in GC runs',
    shortcut: 'n',
    takes: HEAPS,
  },
  {
    kind: 'retainers',
    name: 'Why alive',
    shows: 'What holds the current set, as paths from roots',
    shortcut: 'w',
    takes: HEAPS,
  },
  {
    kind: 'classes',
    name: 'Classes',
    shows: 'Every class, type, gem, file, site or method',
    shortcut: 'c',
    takes: HEAPS,
  },
  {
    kind: 'owners',
    name: 'Owners',
    shows: 'The heap as a graph of what owns what',
    shortcut: 'u',
    takes: HEAPS,
  },
  {
    kind: 'sites',
    name: 'Sites',
    shows: 'Which code allocated what, from origin to line',
    shortcut: 'a',
    takes: HEAPS,
  },
  {
    kind: 'strings',
    name: 'Strings',
    shows: 'Strings of equal text, and the longest',
    shortcut: 's',
    takes: HEAPS,
  },
  {
    kind: 'threads',
    name: 'Threads',
    shows: 'Threads and fibers, and what each retains',
    shortcut: 'h',
    takes: HEAPS,
  },
  {
    kind: 'shapes',
    name: 'Shapes',
    shows: 'The order in which instance variables were set',
    shortcut: 'e',
    takes: HEAPS,
  },
  {
    kind: 'pages',
    name: 'Pages',
    shows: 'Heap pages and slots, and why memory does not shrink',
    shortcut: 'p',
    takes: HEAPS,
  },
  {
    kind: 'objects',
    name: 'Objects',
    shows: 'Objects that match the filter, one per row',
    shortcut: 'b',
    takes: HEAPS,
  },
  {
    kind: 'compare',
    name: 'Compare',
    shows: 'Several dumps: what was created, what survived, what keeps growing',
    shortcut: 'm',
    takes: HEAPS,
  },
  {
    kind: 'functions',
    name: 'Table',
    shows: 'Every function, line, file or gem, with self and total values',
    shortcut: 'c',
    takes: PROFILES,
  },
  { kind: 'calls', name: 'Flame', shows: 'Who called whom, level by level', shortcut: 'f', takes: PROFILES },
  { kind: 'areas', name: 'Treemap', shows: 'The profile as areas', shortcut: 't', takes: PROFILES },
  {
    kind: 'series',
    name: 'Chart',
    shows: 'How the numbers change, and whether memory grows',
    shortcut: 'n',
    takes: ['series', 'profile over time'],
  },
];

/** The views of a subject, in the order of the rail. */
export function viewsFor(subject: Subject): ViewEntry[] {
  return VIEWS.filter(({ takes }) => takes.includes(subject));
}

/** Whether a view is available for a subject. */
export function isAvailableFor(view: View, subject: Subject): boolean {
  return viewsFor(subject).some(({ kind }) => kind === view.kind);
}
