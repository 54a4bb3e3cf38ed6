import { oneLine } from '../../format/names.ts';
import { goBack, goForward } from '../../session/history.ts';
import { pickFiles } from '../../session/pick-files.ts';
import { useSession } from '../../session/session.ts';
import { chipFor, intersectChips } from '../../state/chips.ts';
import {
  useActiveProfile,
  useActiveSnapshot,
  useActiveSubject,
  useApp,
  useAppStore,
} from '../../state/use-app.ts';
import { viewsFor } from '../../state/view-list.ts';

/** A command of the page. */
export interface PageCommand {
  name: string;
  keys?: string;
  run: () => void;
}

/** The commands that are available now, in groups. */
export function useCommands(): { heading: string; commands: PageCommand[] }[] {
  const { fileManager, recent } = useSession();
  const store = useAppStore();
  const snapshot = useActiveSnapshot();
  const profile = useActiveProfile();
  const subject = useActiveSubject();
  const snapshots = useApp(state => state.snapshots);
  const keptSets = useApp(state => state.keptSets);
  const profiles = useApp(state => state.profiles);
  const front = snapshot ?? profile;
  const referencesOnly = snapshot?.referencesOnly ?? false;
  const { navigate, activate, setChips, undoChips, redoChips, narrow, setTheme, setOverlay } =
    store.getState();
  const { setInspectorOpen, setNotice } = store.getState();

  const groups: { heading: string; commands: PageCommand[] }[] = [];
  if (subject !== null) {
    groups.push({
      heading: 'Views',
      commands: viewsFor(subject).map(({ kind, name, shortcut }) => ({
        name: `Go to ${name}`,
        keys: `g ${shortcut}`,
        run: () => navigate(kind),
      })),
    });
  }
  if (snapshot !== null) {
    groups.push({
      heading: 'Set',
      commands: [
        { name: 'Show the whole heap', run: () => setChips([]) },
        {
          name: 'Show only unreachable objects',
          run: () => narrow(chipFor({ kind: 'reachability', reachable: false })),
        },
        { name: 'Show only untraced objects', run: () => narrow(chipFor({ kind: 'untraced' })) },
        ...keptSets.map(chip => ({
          name: `Add the set ${oneLine(chip.label)}`,
          run: () => setChips(intersectChips(store.getState().chips, chip)),
        })),
        { name: 'How to filter', run: () => setOverlay('filter-help') },
        { name: 'Undo the last change to the set', keys: 'Ctrl Z', run: undoChips },
        { name: 'Redo', keys: 'Shift Ctrl Z', run: redoChips },
      ],
    });
  }
  if (front !== null) {
    groups.push({
      heading: 'Page',
      commands: [
        {
          name: 'Copy a link to this view (for the same file)',
          run: () =>
            void navigator.clipboard.writeText(location.href).then(
              () => setNotice('The link was copied. Whoever opens it needs the same file.'),
              () => setNotice('The browser refused the clipboard: copy the address of the page instead.'),
            ),
        },
        { name: 'Share: report, index, redacted copy, masking', run: () => setOverlay('share') },
        { name: 'Back', keys: '[', run: goBack },
        { name: 'Forward', keys: ']', run: goForward },
      ],
    });
  }
  groups.push({
    heading: 'Files',
    commands: [
      { name: 'Open files…', run: () => void pickFiles(recent.noting()).then(fileManager.openAll) },
      ...[...snapshots, ...profiles]
        .filter(other => other.id !== front?.id)
        .map(other => ({ name: `Switch to ${other.name}`, run: () => activate(other.id) })),
      ...(front === null
        ? []
        : [{ name: `Close ${front.name}`, run: () => void fileManager.close(front.id) }]),
    ],
  });
  groups.push({
    heading: 'Settings',
    commands: [
      { name: 'Light theme', run: () => setTheme('light') },
      { name: 'Dark theme', run: () => setTheme('dark') },
      { name: 'System theme', run: () => setTheme('system') },
      {
        name: referencesOnly ? 'Follow all references again' : 'Follow references only (as reap and harb do)',
        run: () => void fileManager.setReferencesOnly(!referencesOnly),
      },
      {
        name: 'Show or hide the inspector',
        keys: 'i',
        run: () => setInspectorOpen(!store.getState().inspectorOpen),
      },
      { name: 'Keyboard shortcuts', keys: '?', run: () => setOverlay('shortcuts') },
    ],
  });
  return groups;
}
