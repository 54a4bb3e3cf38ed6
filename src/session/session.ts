import { createContext, useContext } from 'react';
import type { HeapService } from '../../workers/protocol/heap-service.ts';
import type { FileManager } from './file-manager.ts';
import type { IdleSignal } from './idle.ts';
import type { Offline } from './offline.ts';
import type { RecentHandles } from './recent-handles.ts';

/** Services that live as long as the page. */
export interface Session {
  /** Sends every question to the worker. */
  service: HeapService;
  /** Reports when no work is in progress. */
  idle: IdleSignal;
  /** Opens and closes dumps. */
  fileManager: FileManager;
  /** The stored copy of the page. */
  offline: Offline;
  /** Handles of recent files. */
  recent: RecentHandles;
}

/** Provides the session to the components. */
export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionContext around it');
  return session;
}
