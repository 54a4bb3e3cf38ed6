import { CANCELLED } from '../../../workers/protocol/errors.ts';
import type { HeapService, Scope } from '../../../workers/protocol/heap-service.ts';
import { objectSetKey } from '../../../workers/protocol/object-set.ts';
import type { Window } from '../../../workers/protocol/rows.ts';
import { useSession } from '../../session/session.ts';
import { useActiveSnapshot, useApp, useCurrentSet } from '../../state/use-app.ts';
import type { RowSource } from '../../widgets/table/row-window.ts';

/**
 * Rows about the active snapshot and the current set, for a table. `key` says all that the question depends on
 * besides these two. Null while nothing is open.
 */
export function useRowSource<Row>(
  key: string,
  ask: (
    service: HeapService,
    scope: Scope,
    window: { offset: number; limit: number },
  ) => Promise<Window<Row>>,
): RowSource<Row> | null {
  const { service } = useSession();
  const snapshot = useActiveSnapshot();
  const set = useCurrentSet();
  const asked = useApp(state => state.asked);
  const setLacking = useApp(state => state.setLacking);
  if (snapshot === null) return null;
  return {
    key: [snapshot.id, snapshot.referencesOnly, objectSetKey(set), asked, key].join('\n'),
    fetch: async (offset, limit) => {
      try {
        return await ask(service, { snapshot: snapshot.id, set }, { offset, limit });
      } catch (error) {
        if (error instanceof Error && error.name === CANCELLED) setLacking(true);
        throw error;
      }
    },
  };
}
