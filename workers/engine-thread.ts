import type { PeerPorts, ThreadMessage, ThreadRequest } from './protocol/threads.ts';

/** What a thread does about the page's requests. */
export interface ThreadHandlers {
  connect(ports: PeerPorts): void;
  scanUnavailable?(details: string): void;
}

/**
 * Lets this thread answer the page, and tells it that the thread listens. Called once, at the end of a thread's
 * module. Returns the way to tell the page more.
 */
export function answerPage(handlers: ThreadHandlers): (message: ThreadMessage) => void {
  const tell = (message: ThreadMessage) => self.postMessage(message);
  self.onmessage = ({ data }: MessageEvent<ThreadRequest>) => {
    switch (data.kind) {
      case 'ping':
        tell({ kind: 'alive' });
        break;
      case 'connect':
        handlers.connect(data.ports);
        break;
      case 'scan-unavailable':
        handlers.scanUnavailable?.(data.details);
        break;
    }
  };
  tell({ kind: 'ready' });
  return tell;
}
