import { type ReactNode, startTransition, useEffect, useState } from 'react';
import { useSession } from '../../session/session.ts';

/** Long enough for the browser to draw a frame with the content above, even while it is busy. */
const LATER_MS = 40;

/**
 * Renders its children in a separate task, a moment after the content above them: for content below the fold. Rendering
 * hundreds of elements in one task would block the page.
 */
export function DeferredContent({
  delayMs = LATER_MS,
  children,
}: {
  /** 0 = in the next task, which may be before a frame is drawn. */
  delayMs?: number;
  children: ReactNode;
}) {
  const { idle } = useSession();
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => {
    if (isDrawn) return;
    const end = idle.begin();
    const timer = setTimeout(() => startTransition(() => setDrawn(true)), delayMs);
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [isDrawn, idle, delayMs]);
  return isDrawn ? children : null;
}
