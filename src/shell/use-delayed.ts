import { useEffect, useState } from 'react';

/** Typing is not asked about letter by letter. */
export const TYPING_PAUSE_MS = 120;

/** The value as it was when it last stood still for a while. */
export function useDelayed<Value>(value: Value, delayMs: number = TYPING_PAUSE_MS): Value {
  const [delayed, setDelayed] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return delayed;
}
