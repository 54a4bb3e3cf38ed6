import { useEffect, useState } from 'react';

/** Typing is debounced by this long. */
export const TYPING_PAUSE_MS = 120;

/** The value, updated once it has not changed for a while. */
export function useDelayed<Value>(value: Value, delayMs: number = TYPING_PAUSE_MS): Value {
  const [delayed, setDelayed] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return delayed;
}
