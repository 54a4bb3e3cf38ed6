import type { ThreadRow } from '../../../workers/protocol/rows.ts';
import type { ObjectIndex } from '../../../workers/protocol/units.ts';
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

/** Maximum number of threads shown. */
const LIMIT = 500;

/** The set of objects that ractors may share. Ruby before 4.0 does not mark them. */
const SHAREABLE = { kind: 'filter', text: 'is:shareable' } as const;

/** Every thread, fiber and ractor: whether it is running, where it was started, and what it retains. */
export default function ThreadsView() {
  const snapshot = useActiveSnapshot();
  const select = useApp(state => state.select);
  const setInspectorOpen = useApp(state => state.setInspectorOpen);
  const drillInto = useApp(state => state.drillInto);
  const query = useAnswer('threads', { limit: LIMIT }, { lane: 'threads' });
  const shareable = useAnswer('setSize', {}, { set: SHAREABLE, lane: 'shareable' }).data?.objects ?? 0;
  const rows = query.data;
  if (rows === null) return <QueryState query={query} />;
  const count = (kind: ThreadRow['kind']) => rows.filter(row => row.kind === kind).length;
  const ractors = count('ractor');
  const open = (object: ObjectIndex, address: string) => {
    select({ object, address });
    setInspectorOpen(true);
  };
  return (
    <div className={styles.view}>
      <ViewHeader
        title="Threads"
        shows={`${ractors === 0 ? '' : `${formatCountOf(ractors, 'ractor')}, `}${formatCountOf(count('thread'), 'thread')} and ${formatCountOf(count('fiber'), 'fiber')}, sorted by what they keep alive.${rows.length === LIMIT ? ' Others are left out.' : ''}`}
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
                header: ractors === 0 ? 'Thread or fiber' : 'Ractor, thread or fiber',
                width: '',
                cell: row => (
                  <ObjectLink object={row.object} onSelect={({ index, address }) => open(index, address)} />
                ),
                text: row => row.object.address,
              },
              {
                id: 'state',
                header: 'State',
                width: '96px',
                cell: row => stateText(row),
                text: stateText,
              },
              ...(ractors === 0
                ? []
                : [
                    {
                      id: 'ractor',
                      header: 'Ractor',
                      width: '128px',
                      cell: ({ ractor }: ThreadRow) =>
                        ractor && (
                          <Button look="link" onClick={() => open(ractor.object, ractor.address)}>
                            {ractor.address}
                          </Button>
                        ),
                      text: ({ ractor }: ThreadRow) => ractor?.address ?? '',
                    },
                  ]),
              {
                id: 'site',
                header: 'Started at',
                term: 'site',
                width: '20%',
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
                width: '96px',
                cell: row => <Bytes value={row.object.shallowBytes} />,
                text: row => String(row.object.shallowBytes),
              },
              {
                id: 'kept',
                header: 'Retained by it alone',
                align: 'end',
                width: '166px',
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
          {ractors > 0 && ' A ractor runs as long as one of its threads does.'}
        </p>
        {shareable > 0 && (
          <p className={styles.note}>
            <Button
              look="link"
              onClick={() => drillInto(chipFor(SHAREABLE, 'shareable between ractors'), 'objects')}
            >
              {formatCountOf(shareable, 'object')}
            </Button>{' '}
            {shareable === 1 ? 'is' : 'are'} marked as shareable between ractors.
          </p>
        )}
      </div>
    </div>
  );
}

function stateText({ kind, running }: ThreadRow): string {
  if (kind === 'fiber') return 'fiber';
  if (running === null) return 'unknown';
  return running ? 'running' : 'not running';
}
