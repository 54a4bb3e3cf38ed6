import type { RootRow } from '../../../workers/protocol/overview.ts';
import type { Term } from '../../glossary.ts';
import { chipFor } from '../../state/chips.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Defined } from '../../widgets/Defined.tsx';
import { Bytes, Count, Name } from '../../widgets/figures.tsx';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import styles from './OverviewView.module.css';

/** Kinds of root that need an explanation. A Map rather than an object, because the names come from the dump. */
const EXPLAINED: ReadonlyMap<string, Term> = new Map([
  ['machine_context', 'machineContext'],
  ['(inline caches)', 'inlineCaches'],
  ['outside this dump', 'outsideThisDump'],
]);

/** The kinds of root, and their exclusive retained sizes. */
export function RootsSection({ roots }: { roots: readonly RootRow[] }) {
  const narrow = useApp(state => state.narrow);
  return (
    <section className={styles.roots}>
      <h3 className={styles.sectionTitle}>
        <Defined term="root">GC roots</Defined> of the whole dump
      </h3>
      <PlainTable
        label="GC roots by kind"
        rows={roots}
        rowKey={row => row.name}
        columns={[
          {
            id: 'root',
            header: 'Kind',
            width: '',
            cell: row => {
              const term = EXPLAINED.get(row.name);
              return (
                <>
                  <Button
                    look="link"
                    title="Show only what this kind of root alone reaches"
                    onClick={() => narrow(chipFor({ kind: 'group', key: 'root', label: row.name }))}
                  >
                    <Name text={row.name} />
                  </Button>
                  {term === undefined ? null : (
                    <>
                      {' '}
                      <Defined term={term}>(what is it?)</Defined>
                    </>
                  )}
                </>
              );
            },
            text: row => row.name,
          },
          {
            id: 'references',
            header: 'Objects listed',
            align: 'end',
            width: '120px',
            cell: row => <Count value={row.references} />,
            text: row => String(row.references),
          },
          {
            id: 'retained',
            header: 'Retained by this root alone',
            term: 'rootRetainedBytes',
            align: 'end',
            width: '190px',
            cell: row => <Bytes value={row.retainedBytes} />,
            text: row => String(row.retainedBytes),
          },
        ]}
      />
    </section>
  );
}
