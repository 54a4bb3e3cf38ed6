import type { Comparison, GrowthRow } from '../../../workers/protocol/comparison.ts';
import { GROUPING_KEYS, type GroupingKey } from '../../../workers/protocol/object-set.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { useRows } from '../../session/use-rows.ts';
import { GROUPING_KEY_NAMES } from '../../state/grouping-names.ts';
import type { ViewOf } from '../../state/navigation.ts';
import { useApp } from '../../state/use-app.ts';
import { SelectField, TextField } from '../../widgets/Field.tsx';
import { CopyRows } from '../../widgets/table/CopyRows.tsx';
import { VirtualTable } from '../../widgets/table/VirtualTable.tsx';
import styles from './CompareView.module.css';
import { GrowthCards } from './GrowthCards.tsx';
import { growthColumns } from './growth-columns.tsx';
import { groupChip, relationChip, useOpenSet } from './use-open-set.ts';

const MEASURE_OPTIONS = [
  { value: 'bytes', name: 'bytes' },
  { value: 'objects', name: 'objects' },
] as const;

/** Groups that are drawn; the table has all of them. */
const DRAWN = 8;

const KEY_OPTIONS = GROUPING_KEYS.map(key => ({ value: key, name: GROUPING_KEY_NAMES[key].name }));

/** Every group with its sizes in all dumps, and a verdict. */
export function GrowthSection({ comparison, view }: { comparison: Comparison; view: ViewOf<'compare'> }) {
  const adjustView = useApp(state => state.adjustView);
  const openSet = useOpenSet();
  const { key, measure, repetitions } = view;
  const source = useRows('growth', { key });
  const first = useAnswer('growth', { key, offset: 0, limit: DRAWN }, { lane: 'growers' });
  if (source === null) return null;
  const growers = (first.data?.rows ?? []).filter(({ verdict }) => verdict === 'leak' || verdict === 'grew');
  const { dumps, identity } = comparison;
  const columns = growthColumns(comparison, key, measure, repetitions);
  // New objects are known only if objects are identified; otherwise the whole group is opened.
  const open = (row: GrowthRow) => {
    const isNew = identity === 'same process' && (row.new?.objects ?? 0) > 0 ? [relationChip('new')] : [];
    openSet(dumps.at(-1)!.id, [...isNew, groupChip(key, row.label)], 'objects');
  };
  const names = GROUPING_KEY_NAMES[key];
  return (
    <section>
      <div className={styles.sectionHead}>
        <h3>Growth by {names.name}</h3>
        <p className={styles.quiet}>
          What keeps growing comes first. The allocation tracer’s own table is left out. Open a row to see its
          new objects.
        </p>
        <SelectField
          label="Group by"
          value={key}
          options={KEY_OPTIONS}
          onChange={(value: GroupingKey) => adjustView({ ...view, key: value })}
        />
        <SelectField
          label="Sizes in"
          value={measure}
          options={MEASURE_OPTIONS}
          onChange={value => adjustView({ ...view, measure: value })}
        />
        <span className={styles.field}>
          repetitions
          <TextField
            aria-label="Repetitions of an action between two dumps"
            title="Marks what grew by a multiple of this number of objects from each dump to the next"
            className={styles.repetitions}
            inputMode="numeric"
            placeholder="7"
            value={repetitions === null ? '' : String(repetitions)}
            onChange={event => adjustView({ ...view, repetitions: readRepetitions(event.target.value) })}
          />
        </span>
        <CopyRows columns={columns} source={source} />
      </div>
      {dumps.length > 2 && growers.length > 0 && (
        <GrowthCards rows={growers} dumps={dumps} groupBy={key} repetitions={repetitions} onOpen={open} />
      )}
      <div className={styles.growthTable}>
        <VirtualTable
          label={`Growth by ${names.name}`}
          columns={columns}
          source={source}
          onOpen={open}
          empty={<p>There is nothing to compare.</p>}
        />
      </div>
    </section>
  );
}

/** Any other text than a whole number from 1 to 1,000,000 marks nothing. */
function readRepetitions(text: string): number | null {
  const value = Number.parseInt(text, 10);
  return value >= 1 && value <= 1_000_000 ? value : null;
}
