import { createContext, useContext } from 'react';
import type { HeapService } from '../../workers/protocol/heap-service.ts';
import type { DumpDesk } from './dump-desk.ts';
import type { IdleSignal } from './idle.ts';
import type { Offline } from './offline.ts';
import type { RecentHandles } from './recent-handles.ts';

/** What lives as long as the page. */
export interface Session {
  /** Every question to the worker. */
  service: HeapService;
  /** Reports when no work is in progress. */
  idle: IdleSignal;
  /** Opens and closes dumps. */
  desk: DumpDesk;
  /** The stored copy of the page. */
  offline: Offline;
  /** Where recent files are. */
  recent: RecentHandles;
}

/** Carries the session to the components. */
export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionContext around it');
  return session;
}
