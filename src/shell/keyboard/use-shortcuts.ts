import { useEffect } from 'react';
import { goBack, goForward } from '../../session/history.ts';
import { useSession } from '../../session/session.ts';
import type { AppStore } from '../../state/app-state.ts';
import { useAppStore } from '../../state/use-app.ts';
import { subjectOf, viewsFor } from '../../state/view-list.ts';

/** Time for pressing the second key after `g`. */
const SEQUENCE_MS = 1200;

/** The id of the filter input, which `/` focuses. */
export const FILTER_INPUT_ID = 'filter';

/** Handles the keyboard shortcuts of the whole page. */
export function useShortcuts(): void {
  const store = useAppStore();
  const { fileManager } = useSession();
  useEffect(() => {
    let awaitsViewUntil = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const { overlay, loads } = store.getState();
      if ((event.ctrlKey || event.metaKey) && !event.altKey) {
        if (withCommandKey(event, store)) event.preventDefault();
        return;
      }
      // A dialog handles Escape itself; while one is open, no other shortcut works.
      if (overlay !== null || event.altKey) return;
      if (event.key === 'Escape' && !isTyping(event)) {
        const load = loads.findLast(({ isDone }) => !isDone);
        if (load !== undefined) fileManager.cancel(load.loadId);
        return;
      }
      if (isTyping(event)) return;
      const now = performance.now();
      const wantsView = now < awaitsViewUntil;
      awaitsViewUntil = 0;
      const subject = subjectOf(store.getState(), store.getState().active);
      const views = wantsView && subject !== null ? viewsFor(subject) : [];
      const view = views.find(({ shortcut }) => shortcut === event.key);
      if (view !== undefined) {
        event.preventDefault();
        store.getState().navigate(view.kind);
      } else if (event.key === 'g') {
        awaitsViewUntil = now + SEQUENCE_MS;
      } else if (withPlainKey(event.key, store)) {
        event.preventDefault();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [store, fileManager]);
}

/** Handles a key pressed with Ctrl or ⌘; returns false if it is not a shortcut. */
function withCommandKey(event: KeyboardEvent, store: AppStore): boolean {
  const { setOverlay, overlay, undoChips, redoChips } = store.getState();
  const key = event.key.toLowerCase();
  if (key === 'k') {
    setOverlay(overlay === 'palette' ? null : 'palette');
    return true;
  }
  if (isTyping(event)) return false;
  if (key === 'z') {
    if (event.shiftKey) redoChips();
    else undoChips();
    return true;
  }
  if (key === 'y') {
    redoChips();
    return true;
  }
  return false;
}

function withPlainKey(key: string, store: AppStore): boolean {
  const { setOverlay, setInspectorOpen, inspectorOpen } = store.getState();
  switch (key) {
    case '/': {
      const input = document.getElementById(FILTER_INPUT_ID);
      input?.focus();
      return input !== null;
    }
    case '?':
      setOverlay('shortcuts');
      return true;
    case '[':
      goBack();
      return true;
    case ']':
      goForward();
      return true;
    case 'i':
      setInspectorOpen(!inspectorOpen);
      return true;
    default:
      return false;
  }
}

function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
