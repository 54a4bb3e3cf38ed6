import type { ThreadRow } from '../../../workers/protocol/rows.ts';
import { formatCountOf } from '../../format/counts.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { chipFor } from '../../state/chips.ts';
import { useActiveSnapshot, useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Bytes } from '../../widgets/figures.tsx';
import { ObjectLink } from '../../widgets/ObjectName.tsx';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import { ViewHeader } from '../../widgets/ViewHeader.tsx';
import { FilePath } from '../shared/FilePath.tsx';
import { QueryState } from '../shared/QueryState.tsx';
import styles from './ThreadsView.module.css';

/** Threads that are shown. */
const LIMIT = 500;

/** Every thread and fiber: whether it runs, where it was started, and what only it keeps. */
export default function ThreadsView() {
  const snapshot = useActiveSnapshot();
  const select = useApp(state => state.select);
  const setInspectorOpen = useApp(state => state.setInspectorOpen);
  const drillInto = useApp(state => state.drillInto);
  const query = useAnswer('threads', { limit: LIMIT }, { lane: 'threads' });
  const rows = query.data;
  if (rows === null) return <QueryState query={query} />;
  const count = (kind: ThreadRow['kind']) => rows.filter(row => row.kind === kind).length;
  return (
    <div className={styles.view}>
      <ViewHeader
        title="Threads"
        shows={`${formatCountOf(count('thread'), 'thread')} and ${formatCountOf(count('fiber'), 'fiber')}, sorted by what they keep alive.${rows.length === LIMIT ? ' Others are left out.' : ''}`}
      />
      <div className={styles.scroll}>
        <QueryState query={query} />
        {rows.length === 0 ? (
          <p className={styles.quiet}>No thread is in this dump.</p>
        ) : (
          <PlainTable
            label="Threads and fibers"
            rows={rows}
            rowKey={row => row.object.index}
            columns={[
              {
                id: 'thread',
                header: 'Thread or fiber',
                width: '',
                cell: row => (
                  <ObjectLink
                    object={row.object}
                    onSelect={({ index, address }) => {
                      select({ object: index, address });
                      setInspectorOpen(true);
                    }}
                  />
                ),
                text: row => row.object.address,
              },
              {
                id: 'state',
                header: 'State',
                width: '110px',
                cell: row => stateText(row),
                text: stateText,
              },
              {
                id: 'site',
                header: 'Started at',
                term: 'site',
                width: '30%',
                cell: row =>
                  row.object.site === null ? (
                    <span className={styles.quiet}>untraced</span>
                  ) : (
                    <FilePath text={row.object.site} />
                  ),
                text: row => row.object.site ?? '',
              },
              {
                id: 'own',
                header: 'Own size',
                term: 'shallowBytes',
                align: 'end',
                width: '110px',
                cell: row => <Bytes value={row.object.shallowBytes} />,
                text: row => String(row.object.shallowBytes),
              },
              {
                id: 'kept',
                header: 'Retained by it alone',
                align: 'end',
                width: '170px',
                cell: row => (
                  <Button
                    look="link"
                    aria-label={`Show what ${row.object.address} keeps`}
                    onClick={() =>
                      drillInto(
                        chipFor(
                          { kind: 'dominatedBy', object: row.object.index },
                          `retained by ${row.object.address}`,
                        ),
                        'objects',
                      )
                    }
                  >
                    <Bytes value={row.keptBytes} />
                  </Button>
                ),
                text: row => String(row.keptBytes),
                share: row => row.keptBytes / Math.max(1, snapshot?.shallowBytes ?? 1),
              },
            ]}
          />
        )}
        <p className={styles.note}>
          The size of a thread is its stack. It retains objects on its stack or in its storage that nothing
          else holds. A thread that is not running has ended, or was not copied by a fork.
        </p>
      </div>
    </div>
  );
}

function stateText({ kind, running }: ThreadRow): string {
  if (kind === 'fiber') return 'fiber';
  if (running === null) return 'unknown';
  return running ? 'running' : 'not running';
}
