/** Counts the work in progress, and reports when there is none. */
export interface IdleSignal {
  /** Work began; call the returned function once when it has ended. */
  begin(): () => void;
  isIdle(): boolean;
  /** Calls back at each change until the returned function is called. */
  subscribe(callback: (idle: boolean) => void): () => void;
  /** Resolves as soon as no work is in progress. */
  whenIdle(): Promise<void>;
}

/**
 * How long there must be no work before the page counts as idle. Rendering an answer may ask the next question; between
 * the two the page only looks idle.
 */
const SETTLE_MS = 60;

export function createIdleSignal(): IdleSignal {
  let underWay = 0;
  let idle = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const callbacks = new Set<(idle: boolean) => void>();

  const change = (next: boolean) => {
    if (next === idle) return;
    idle = next;
    for (const callback of [...callbacks]) callback(idle);
  };

  const signal: IdleSignal = {
    begin() {
      underWay += 1;
      clearTimeout(timer);
      change(false);
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        underWay -= 1;
        if (underWay === 0) timer = setTimeout(() => change(true), SETTLE_MS);
      };
    },
    isIdle: () => idle,
    subscribe(callback) {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    whenIdle() {
      if (idle) return Promise.resolve();
      return new Promise(resolve => {
        const stop = signal.subscribe(nowIdle => {
          if (!nowIdle) return;
          stop();
          resolve();
        });
      });
    },
  };
  return signal;
}
