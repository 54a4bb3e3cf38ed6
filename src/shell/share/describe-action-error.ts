/** Why an action failed, in a sentence. */
export function describeActionError(what: string, error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  if (name === 'CancelledError') return `${what} was cancelled.`;
  if (name === 'NotAllowedError') return 'The browser refused the clipboard.';
  return `${what} could not be made: ${message}`;
}
