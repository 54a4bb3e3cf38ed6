import type { HeapscapeConsole } from './session/console.ts';

declare global {
  interface Window {
    /** The page for scripts; `heapscape.help()` says how. */
    heapscape: HeapscapeConsole;
  }
}
