import { useAnswer } from '../../session/use-answer.ts';
import { defaultView, type StringsShown, type ViewOf } from '../../state/navigation.ts';
import { useApp, useAppStore } from '../../state/use-app.ts';
import { SelectField } from '../../widgets/Field.tsx';
import { ViewHeader } from '../../widgets/ViewHeader.tsx';
import { QueryState } from '../shared/QueryState.tsx';
import { Duplicates } from './Duplicates.tsx';
import { Encodings } from './Encodings.tsx';
import { Literals } from './Literals.tsx';
import { LongestStrings } from './LongestStrings.tsx';
import { StringFigures } from './StringFigures.tsx';
import styles from './StringsView.module.css';

const OPTIONS: readonly { value: StringsShown; name: string }[] = [
  { value: 'duplicates', name: 'duplicates' },
  { value: 'longest', name: 'longest' },
  { value: 'encodings', name: 'by encoding' },
  { value: 'literals', name: 'frozen literals by file' },
];

const READING: Readonly<Record<StringsShown, string>> = {
  duplicates:
    'Each row is a text with several copies. Wasted is what a single shared string would save. Open a row to see the copies.',
  longest: 'Strings by their own size. Select a row to see why it is alive.',
  encodings: 'Strings by the encoding in their records. Open a row to see them.',
  literals:
    'Lines that allocated the same text again and again: “# frozen_string_literal: true” would save at most this much in each file. Open a row to see the strings.',
};

/** Maximum number of files requested: as many as a table can hold. */
const MAX_FILES = 1000;

/** Strings: duplicates, the longest, and what frozen literals would save. */
export default function StringsView() {
  const view = useApp(state => (state.view.kind === 'strings' ? state.view : null)) ?? defaultView('strings');
  const { adjustView } = useAppStore().getState();
  const summary = useAnswer('stringSummary', { top: MAX_FILES }, { lane: 'strings' });
  const adjust = (change: Partial<ViewOf<'strings'>>) => adjustView({ ...view, ...change });
  const figures = summary.data && <StringFigures summary={summary.data} />;
  return (
    <section className={styles.view}>
      <ViewHeader title="Strings" shows={READING[view.show]}>
        <SelectField label="Show" value={view.show} options={OPTIONS} onChange={show => adjust({ show })} />
      </ViewHeader>
      <QueryState query={summary} />
      <div className={styles.table}>
        {view.show === 'duplicates' && (
          <Duplicates
            view={view}
            wastedBytes={summary.data?.duplicates.bytes ?? 0}
            figures={figures}
            onSort={adjust}
          />
        )}
        {view.show === 'longest' && <LongestStrings figures={figures} />}
        {view.show === 'encodings' && <Encodings figures={figures} />}
        {view.show === 'literals' && summary.data && (
          <Literals files={summary.data.literals} figures={figures} />
        )}
      </div>
    </section>
  );
}
