import { type ReactNode, startTransition, useEffect, useState } from 'react';
import { useSession } from '../../session/session.ts';

/** Long enough for the browser to draw a frame with what stands above, also while it is busy. */
const LATER_MS = 40;

/**
 * Draws its children in a task of their own, a moment after what stands above them: for what is below most screens.
 * A view of hundreds of elements in one task would keep the page from answering.
 */
export function DrawnLater({ children }: { children: ReactNode }) {
  const { idle } = useSession();
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => {
    if (isDrawn) return;
    const end = idle.begin();
    const timer = setTimeout(() => startTransition(() => setDrawn(true)), LATER_MS);
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [isDrawn, idle]);
  return isDrawn ? children : null;
}
