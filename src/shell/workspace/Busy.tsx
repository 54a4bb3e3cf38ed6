import { useEffect } from 'react';
import { useSession } from '../../session/session.ts';

/** Placeholder while a part of the page is being loaded; the page counts as busy meanwhile. */
export function Busy() {
  const { idle } = useSession();
  useEffect(() => idle.begin(), [idle]);
  return null;
}
