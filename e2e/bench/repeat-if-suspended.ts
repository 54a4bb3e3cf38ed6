const TICK_MS = 100;
/** A tick this late was not merely delayed by load: the machine slept, or processes were stopped. */
const PAUSE_MS = 2000;
const ATTEMPTS = 4;

/**
 * Repeats a measurement during which the machine stood still (a laptop that slept, processes that were stopped), since
 * its figure is useless. After some attempts it accepts the figure, and logs that.
 */
export async function repeatIfSuspended<Figures>(
  measure: () => Promise<Figures>,
  log: (text: string) => void,
): Promise<Figures> {
  for (let attempt = 1; ; attempt++) {
    let longestMs = 0;
    let lastMs = performance.now();
    const tick = () => {
      const now = performance.now();
      longestMs = Math.max(longestMs, now - lastMs - TICK_MS);
      lastMs = now;
    };
    const timer = setInterval(tick, TICK_MS);
    const figures = await measure().finally(() => clearInterval(timer));
    tick();
    if (longestMs < PAUSE_MS) return figures;
    const seconds = (longestMs / 1000).toFixed(0);
    if (attempt === ATTEMPTS) {
      log(`  the machine stood still for ${seconds} s once more: the figure is not to be trusted`);
      return figures;
    }
    log(`  the machine stood still for ${seconds} s: measuring again`);
  }
}
