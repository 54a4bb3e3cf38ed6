import type { PeerPorts, ThreadMessage, ThreadRequest } from './protocol/threads.ts';

/** How a thread handles the page's requests. */
export interface ThreadHandlers {
  connect(ports: PeerPorts): void;
  scanUnavailable?(details: string): void;
}

/**
 * Lets this thread answer the page, and tells the page that it is ready. Called once, at the end of a thread's module.
 * Returns a function to send more messages to the page.
 */
export function answerPage(handlers: ThreadHandlers): (message: ThreadMessage) => void {
  const post = (message: ThreadMessage) => self.postMessage(message);
  self.onmessage = ({ data }: MessageEvent<ThreadRequest>) => {
    switch (data.kind) {
      case 'ping':
        post({ kind: 'alive' });
        break;
      case 'connect':
        handlers.connect(data.ports);
        break;
      case 'scan-unavailable':
        handlers.scanUnavailable?.(data.details);
        break;
    }
  };
  post({ kind: 'ready' });
  return post;
}
