import { useEffect, useState } from 'react';
import { type Dropped, droppedFiles } from './dropped-files.ts';
import type { NoteHandle } from './recent-handles.ts';

/**
 * Handles files and folders that are dropped anywhere on the window or pasted into it. `noting` returns the callback
 * for their handles. Returns whether files are being dragged over the window.
 */
export function useFileDrop(
  onDrop: (dropped: Promise<Dropped>) => void,
  noting: () => NoteHandle | null,
): boolean {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    // Enter and leave fire for every element below the pointer: the count is 0 once the pointer has left the window.
    let depth = 0;
    const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent) => {
      if (!isFiles(event)) return;
      depth += 1;
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (!isFiles(event)) return;
      depth -= 1;
      if (depth === 0) setDragging(false);
    };
    const over = (event: DragEvent) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setDragging(false);
      if (event.dataTransfer !== null) onDrop(droppedFiles(event.dataTransfer, noting()));
    };
    const paste = (event: ClipboardEvent) => {
      const { clipboardData } = event;
      if (clipboardData === null || clipboardData.files.length === 0) return;
      event.preventDefault();
      onDrop(droppedFiles(clipboardData, noting()));
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, [onDrop, noting]);
  return dragging;
}
