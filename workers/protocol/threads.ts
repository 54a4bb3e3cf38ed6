/**
 * The threads of the engine: `heap` holds the dumps and answers questions, `scan` reads files for it, `slice-reader`
 * inflates compressed files for `scan`. The page starts all of them, connects them and monitors them.
 */
export type ThreadName = 'heap' | 'scan' | 'slice-reader';

/** A port to each peer that a thread talks to; `page` carries the questions. */
export type PeerPorts = Partial<Record<ThreadName | 'page', MessagePort>>;

/** From the page to a thread. */
export type ThreadRequest =
  /** To be answered with `alive`. */
  | { kind: 'ping' }
  /** The peers are at these ports from now on. A peer that was connected before is gone, and this one replaces it. */
  | { kind: 'connect'; ports: PeerPorts }
  /** The threads that scan cannot be started; why, in technical words. Sent to `heap` alone. */
  | { kind: 'scan-unavailable'; details: string };

/** From a thread to the page. */
export type ThreadMessage =
  /** The first message: the thread listens now. */
  | { kind: 'ready' }
  | { kind: 'alive' }
  /** The threads that scan do not stop when told to. Sent by `heap` alone. */
  | { kind: 'scan-stuck' };
