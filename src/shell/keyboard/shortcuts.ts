import { viewsFor } from '../../state/view-list.ts';

/** A shortcut as the sheet lists it. */
export interface Shortcut {
  keys: string[];
  does: string;
}

export const SHORTCUTS: readonly { title: string; shortcuts: Shortcut[] }[] = [
  {
    title: 'Anywhere',
    shortcuts: [
      { keys: ['/'], does: 'Filter' },
      { keys: ['Ctrl K', '\u2318 K'], does: 'Commands: views, classes, addresses, settings' },
      { keys: ['['], does: 'Back' },
      { keys: [']'], does: 'Forward' },
      { keys: ['Ctrl Z', '\u2318 Z'], does: 'Undo the last change to the set' },
      { keys: ['Shift Ctrl Z', '\u21e7 \u2318 Z'], does: 'Redo' },
      { keys: ['i'], does: 'Show or hide the inspector' },
      { keys: ['?'], does: 'This sheet' },
      { keys: ['Esc'], does: 'Close what is open; cancel a load' },
    ],
  },
  {
    title: 'Views of a heap',
    shortcuts: viewsFor('heap').map(({ name, shortcut }) => ({ keys: ['g', shortcut], does: name })),
  },
  {
    title: 'Views of a profile or a series',
    shortcuts: viewsFor('profile over time').map(({ name, shortcut }) => ({
      keys: ['g', shortcut],
      does: name,
    })),
  },
  {
    title: 'Tables and charts',
    shortcuts: [
      { keys: ['\u2191', '\u2193', '\u2190', '\u2192'], does: 'Move' },
      { keys: ['Home', 'End', 'Page Up', 'Page Down'], does: 'Move by a page, or to the start or end' },
      { keys: ['Enter'], does: 'Open or drill in' },
      { keys: ['Space'], does: 'Pick an object, to act on several' },
      { keys: ['\u2192', '\u2190'], does: 'Open and close a row of a tree' },
      { keys: ['Backspace'], does: 'Go out one level (charts)' },
      { keys: ['+', '-', '0'], does: 'Zoom in, out, show all (charts)' },
    ],
  },
];
