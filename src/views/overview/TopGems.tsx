import { originRank } from '../../../workers/protocol/origin.ts';
import type { GroupRow } from '../../../workers/protocol/rows.ts';
import type { Bytes as ByteCount } from '../../../workers/protocol/units.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { chipFor } from '../../state/chips.ts';
import { defaultView } from '../../state/navigation.ts';
import { useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Name } from '../../widgets/figures.tsx';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import { objectsColumn, retainedColumn } from '../shared/group-columns.tsx';
import styles from './OverviewView.module.css';

const SHOWN = 8;
/** Number of rows requested, so that the application is likely to be among them. */
const ASKED = 200;

/** The application's groups and the largest others, ordered by origin, then by size. `rows` are sorted by size. */
function shownOf(rows: readonly GroupRow[]): GroupRow[] {
  const own = rows.filter(row => row.origin === 'application');
  const others = rows.filter(row => row.origin !== 'application').slice(0, SHOWN - own.length);
  return [...own, ...others].sort((a, b) => originRank(a.origin) - originRank(b.origin));
}

/** Whose code allocated most: the application, gems and Ruby by retained size. */
export function TopGems({ shallowBytes }: { shallowBytes: ByteCount }) {
  const drillInto = useApp(state => state.drillInto);
  const navigate = useApp(state => state.navigate);
  const { data } = useAnswer('groups', {
    key: 'gem',
    sort: 'retainedBytes',
    descending: true,
    offset: 0,
    limit: ASKED,
  });
  if (data === null || data.rows.every(row => row.label === null)) return null;
  return (
    <section className={styles.roots}>
      <h3 className={styles.sectionTitle}>Allocated by</h3>
      <PlainTable<GroupRow>
        label="Gems by retained size"
        rows={shownOf(data.rows)}
        rowKey={row => row.label ?? ''}
        columns={[
          {
            id: 'gem',
            header: 'Gem',
            term: 'gem',
            width: '',
            cell: row => (
              <Button
                look="link"
                onClick={() => drillInto(chipFor({ kind: 'group', key: 'gem', label: row.label }), 'classes')}
              >
                <Name text={row.label ?? 'untraced'} maxLength={36} />
              </Button>
            ),
            text: row => row.label ?? 'untraced',
          },
          objectsColumn(),
          retainedColumn(shallowBytes),
        ]}
      />
      <p className={styles.note}>
        <Button look="link" onClick={() => navigate(defaultView('sites'))}>
          All allocation sites
        </Button>
      </p>
    </section>
  );
}
