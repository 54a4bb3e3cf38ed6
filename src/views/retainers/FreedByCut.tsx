import type { Exclusion } from '../../../workers/protocol/exclusions.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCountOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { Bytes, Count, Name, TypeDot } from '../../widgets/figures.tsx';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import { QueryState } from '../shared/QueryState.tsx';
import styles from './RetainersView.module.css';

/** Number of classes shown initially. */
const SHOWN = 8;

/** What would be freed if everything that is cut were removed, in total and by class. */
export function FreedByCut({ cut }: { cut: readonly Exclusion[] }) {
  const answer = useAnswer('freedBy', { cut: [...cut] }, { lane: 'freed', tag: cut });
  const freed = answer.tag === cut || !answer.pending ? answer.data : null;
  return (
    <section className={styles.freed} aria-label="What the cut would free">
      <QueryState query={{ ...answer, data: freed }} />
      {freed && (
        <>
          <p>
            <strong>
              {freed.objects === 0
                ? 'The cut would free nothing: all of it is held in other ways, too.'
                : `The cut would free ${formatCountOf(freed.objects, 'object')}, ${formatBytes(freed.shallowBytes)}.`}
            </strong>
          </p>
          {freed.classes.length > 0 && (
            <PlainTable
              label="What the cut would free, by class"
              rows={freed.classes.slice(0, SHOWN)}
              rowKey={row => row.label}
              columns={[
                {
                  id: 'class',
                  header: 'Class',
                  width: '',
                  cell: row => (
                    <>
                      <TypeDot of={row} /> <Name text={row.label} />
                    </>
                  ),
                  text: row => oneLine(row.label),
                },
                {
                  id: 'objects',
                  header: 'Objects',
                  align: 'end',
                  width: '100px',
                  cell: row => <Count value={row.objects} />,
                  text: row => String(row.objects),
                },
                {
                  id: 'bytes',
                  header: 'Shallow',
                  align: 'end',
                  width: '100px',
                  cell: row => <Bytes value={row.shallowBytes} />,
                  text: row => String(row.shallowBytes),
                },
              ]}
            />
          )}
          {freed.classes.length + freed.moreClasses > SHOWN && (
            <p className={styles.quiet}>
              and{' '}
              {formatCountOf(freed.classes.length + freed.moreClasses - SHOWN, 'more class', 'more classes')}.
            </p>
          )}
        </>
      )}
    </section>
  );
}
