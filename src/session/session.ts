import { createContext, useContext } from 'react';
import type { HeapService } from '../../workers/protocol/heap-service.ts';
import type { IdleSignal } from './idle.ts';

/** What lives as long as the page: the door to the worker and the signal that nothing is under way. */
export interface Session {
  service: HeapService;
  idle: IdleSignal;
}

/** Carries the session to the components. */
export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionContext around it');
  return session;
}
