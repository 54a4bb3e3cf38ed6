import { useCallback, useId, useMemo, useRef, useState } from 'react';
import type { ChartHandle } from '../../charts/canvas-host/picture.ts';
import { saveChart } from '../../charts/canvas-host/save-chart.ts';
import { PageMapChart } from '../../charts/page-map/PageMapChart.tsx';
import { formatBytes } from '../../format/bytes.ts';
import { formatCountOf } from '../../format/counts.ts';
import { useSession } from '../../session/session.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { defaultView, PAGE_COLOURS, type PageColourChoice } from '../../state/navigation.ts';
import { useActiveSnapshot, useApp } from '../../state/use-app.ts';
import { usePalette } from '../../theme/use-palette.ts';
import { SelectField } from '../../widgets/Field.tsx';
import { Name } from '../../widgets/figures.tsx';
import { ChartView } from '../chart-view/ChartView.tsx';
import { QueryState } from '../shared/QueryState.tsx';
import styles from './PagesView.module.css';
import { PageTables } from './PageTables.tsx';
import { pageColours } from './page-colours.ts';

/** Number of pages requested at a time, and the step by which the window moves. */
const WINDOW = 256;
const STEP = 64;

const COLOUR_NAMES: Readonly<Record<PageColourChoice, string>> = {
  state: 'free, young, old, pinned',
  type: 'type',
  class: 'class',
  gem: 'gem',
  generation: 'generation',
  set: 'current set',
};

/** The heap's pages as a map of slots, and why memory does not shrink. */
export default function PagesView() {
  const view = useApp(state => (state.view.kind === 'pages' ? state.view : null)) ?? defaultView('pages');
  const adjustView = useApp(state => state.adjustView);
  const select = useApp(state => state.select);
  const setInspectorOpen = useApp(state => state.setInspectorOpen);
  const snapshot = useActiveSnapshot();
  const palette = usePalette();
  const { idle } = useSession();
  const readingId = useId();
  const chart = useRef<ChartHandle>(null);
  const [offset, setOffset] = useState(0);
  const { colour, order, slotBytes } = view;
  const summary = useAnswer('pages', {}, { lane: 'pages' });
  const pages = summary.data;
  const map = useAnswer('pageMap', view.table ? null : { offset, limit: WINDOW, colour, order, slotBytes }, {
    lane: 'page-map',
    tag: colour,
  });
  const shown = map.data;
  const shownColour = map.tag ?? colour;
  const colours = useMemo(
    () => (shown === null ? [] : pageColours(palette, shownColour, shown)),
    [palette, shownColour, shown],
  );
  const onSeen = useCallback((first: number) => {
    // Include some pages before the visible ones, for scrolling back.
    setOffset(Math.max(0, Math.floor(first / STEP) - 1) * STEP);
  }, []);
  const sizes = pages?.sizes ?? [];
  return (
    <ChartView
      title="Pages"
      shows={
        pages === null
          ? 'Heap pages and their slots.'
          : `${formatCountOf(pages.all.pages, 'page')} of ${formatBytes(pages.pageBytes)} with ${formatCountOf(pages.all.slots, 'slot')}.`
      }
      reading="Each block is a heap page, each cell a slot. Click a slot to inspect its object; with the keyboard, arrow keys go from slot to slot."
      readingId={readingId}
      error={summary.error ?? map.error}
      table={view.table}
      onTable={table => adjustView({ ...view, table })}
      onSave={
        shown === null || view.table
          ? null
          : async format => {
              if (chart.current) await saveChart(chart.current, format, `${snapshot?.name ?? 'heap'}-pages`);
            }
      }
      controls={
        !view.table && (
          <>
            <SelectField
              label="Colour by"
              value={colour}
              options={PAGE_COLOURS.map(value => ({ value, name: COLOUR_NAMES[value] }))}
              onChange={to => adjustView({ ...view, colour: to })}
            />
            <SelectField
              label="Order"
              value={order}
              options={[
                { value: 'address', name: 'by address' },
                { value: 'fullness', name: 'least full first' },
              ]}
              onChange={to => adjustView({ ...view, order: to })}
            />
            {sizes.length > 1 && (
              <SelectField
                label="Slots"
                value={String(slotBytes ?? '')}
                options={[
                  { value: '', name: 'all sizes' },
                  ...sizes.map(size => ({
                    value: String(size.slotBytes),
                    name: formatBytes(size.slotBytes),
                  })),
                ]}
                onChange={to => adjustView({ ...view, slotBytes: to === '' ? null : Number(to) })}
              />
            )}
          </>
        )
      }
    >
      <QueryState query={summary} />
      {summary.data === null && !summary.pending && summary.error === null && (
        <p className={styles.sentence}>This format has no information about heap pages.</p>
      )}
      {pages !== null && (
        <p className={styles.sentence}>
          {pages.sentence}{' '}
          {pages.exact
            ? 'These numbers are exact, as the dump lists empty slots.'
            : 'These numbers are estimates, as the dump does not list empty slots (full: true does).'}
        </p>
      )}
      <div className={styles.stage}>
        {view.table
          ? pages !== null && <PageTables pages={pages} />
          : pages !== null && (
              <PageMapChart
                ref={chart}
                map={shown}
                colours={colours}
                label="Heap pages, slot by slot"
                describedBy={readingId}
                onSeen={onSeen}
                onPick={(object, address) => {
                  select({ object, address });
                  setInspectorOpen(true);
                }}
                beginWork={idle.begin}
              />
            )}
      </div>
      {shown !== null && !view.table && (
        <ul className={styles.legend} aria-label="Colours">
          {shown.entries.map(({ label, state }, code) =>
            state === 'unlisted' && pages?.all.unlisted === 0 ? null : (
              // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its code.
              <li key={code}>
                <span className={styles.swatch} style={{ background: colours[code] }} />
                <Name text={label} maxLength={32} />
              </li>
            ),
          )}
        </ul>
      )}
    </ChartView>
  );
}
