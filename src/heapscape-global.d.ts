import type { HeapscapeConsole } from './session/console.ts';

declare global {
  interface Window {
    /** The page for people who script; `heapscape.help()` says how. */
    heapscape: HeapscapeConsole;
  }
}
