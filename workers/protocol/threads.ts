/**
 * The threads of the engine: `heap` holds the dumps and answers questions, `scan` reads files for it, `slice-reader`
 * inflates compressed files for `scan`. The page starts all of them, connects them and monitors them.
 */
export type ThreadName = 'heap' | 'scan' | 'slice-reader';

/** A port to each peer that a thread talks to; `page` carries the questions. */
export type PeerPorts = Partial<Record<ThreadName | 'page', MessagePort>>;

/** From the page to a thread. */
export type ThreadRequest =
  /** Answered with `alive`. */
  | { kind: 'ping' }
  /** The new ports of the peers. A peer that was connected before is gone, and this one replaces it. */
  | { kind: 'connect'; ports: PeerPorts }
  /** The scan threads cannot be started; technical details. Sent to `heap` alone. */
  | { kind: 'scan-unavailable'; details: string };

/** From a thread to the page. */
export type ThreadMessage =
  /** The first message: the thread can receive messages now. */
  | { kind: 'ready' }
  | { kind: 'alive' }
  /** The scan threads do not stop when asked to. Sent by `heap` alone. */
  | { kind: 'scan-stuck' };
