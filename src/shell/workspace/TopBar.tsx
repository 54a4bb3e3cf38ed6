import {
  ArrowLeft,
  ArrowRight,
  CircleQuestionMark,
  Command,
  PanelRight,
  Redo2,
  Share2,
  Undo2,
} from 'lucide-react';
import { goBack, goForward } from '../../session/history.ts';
import { useActiveSubject, useApp } from '../../state/use-app.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { FilterInput } from '../filter/FilterInput.tsx';
import { Dumps } from './Dumps.tsx';
import { ThemeButton } from './ThemeButton.tsx';
import styles from './TopBar.module.css';

/** Open files, the filter of a heap, and the buttons of the page. */
export function TopBar() {
  const isHeap = useActiveSubject() === 'heap';
  const setOverlay = useApp(state => state.setOverlay);
  const canUndo = useApp(state => state.earlierChips.length > 0);
  const canRedo = useApp(state => state.undoneChips.length > 0);
  const undo = useApp(state => state.undoChips);
  const redo = useApp(state => state.redoChips);
  const inspectorOpen = useApp(state => state.inspectorOpen);
  const setInspectorOpen = useApp(state => state.setInspectorOpen);
  return (
    <header className={styles.bar}>
      <h1 className={styles.brand}>Heapscape</h1>
      <div className={styles.group}>
        <IconButton icon={ArrowLeft} label="Back" shortcut="[" onClick={goBack} />
        <IconButton icon={ArrowRight} label="Forward" shortcut="]" onClick={goForward} />
        {isHeap && (
          <>
            <IconButton icon={Undo2} label="Undo" shortcut="Ctrl Z" disabled={!canUndo} onClick={undo} />
            <IconButton
              icon={Redo2}
              label="Redo"
              shortcut="Shift Ctrl Z"
              disabled={!canRedo}
              onClick={redo}
            />
          </>
        )}
      </div>
      <Dumps />
      {isHeap && <FilterInput />}
      <div className={styles.group}>
        <IconButton icon={Command} label="Commands" shortcut="Ctrl K" onClick={() => setOverlay('palette')} />
        <IconButton icon={Share2} label="Share" onClick={() => setOverlay('share')} />
        <ThemeButton />
        <IconButton
          icon={CircleQuestionMark}
          label="Keyboard shortcuts"
          shortcut="?"
          onClick={() => setOverlay('shortcuts')}
        />
        {isHeap && (
          <IconButton
            icon={PanelRight}
            label="Inspector"
            shortcut="i"
            aria-pressed={inspectorOpen}
            onClick={() => setInspectorOpen(!inspectorOpen)}
          />
        )}
      </div>
    </header>
  );
}
