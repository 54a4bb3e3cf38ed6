/** A duration as text: `820 ms`, `4.2 s`, `1 min 12 s`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)}\u00a0ms`;
  const seconds = durationMs / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)}\u00a0s`;
  if (seconds < 60) return `${Math.round(seconds)}\u00a0s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  return `${minutes}\u00a0min ${Math.round(seconds) % 60}\u00a0s`;
}

/** Time left, rounded so that it does not flicker: `about 5 s left`. */
export function formatRemaining(remainingMs: number): string {
  const seconds = remainingMs / 1000;
  if (seconds < 1) return 'less than 1\u00a0s left';
  const stepSeconds = seconds < 10 ? 1 : seconds < 60 ? 5 : 15;
  return `about ${formatDuration(Math.ceil(seconds / stepSeconds) * stepSeconds * 1000).replace('.0', '')} left`;
}
