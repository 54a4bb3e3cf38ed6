import type { HeapscapeConsole } from './session/console.ts';

declare global {
  interface Window {
    /** The scripting interface of the page; `heapscape.help()` explains it. */
    heapscape: HeapscapeConsole;
  }
}
