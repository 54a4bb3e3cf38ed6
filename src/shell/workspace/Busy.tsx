import { useEffect } from 'react';
import { useSession } from '../../session/session.ts';

/** Stands where a part of the page is being fetched; the page is not idle while it does. */
export function Busy() {
  const { idle } = useSession();
  useEffect(() => idle.begin(), [idle]);
  return null;
}
