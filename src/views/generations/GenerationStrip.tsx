import type { GenerationChart } from '../../../workers/protocol/generations.ts';
import type { Bytes } from '../../../workers/protocol/units.ts';
import { TimelineChart } from '../../charts/timeline/TimelineChart.tsx';
import { formatBytes } from '../../format/bytes.ts';
import { useSession } from '../../session/session.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { useCurrentSet } from '../../state/use-app.ts';
import styles from './GenerationStrip.module.css';
import { useGenerationBrush } from './use-generation-brush.ts';

const MARGINS = { topPx: 4, rightPx: 8, bottomPx: 16, leftPx: 0, untracedPx: 68 };
const BY_TYPE = { key: 'type', measure: 'bytes' } as const;
const MARGINS_ALL_TRACED = { ...MARGINS, untracedPx: 8 };

/** Bytes of the largest generation. */
function largestGeneration({ generations, series }: GenerationChart): Bytes {
  return generations.reduce((most, _, at) => {
    return Math.max(
      most,
      series.reduce((sum, { bytes }) => sum + bytes[at]!, 0),
    );
  }, 0);
}

/** The whole heap by generation as a thin strip that is always visible, with the current set in colour over it. */
export default function GenerationStrip() {
  const { idle } = useSession();
  const set = useCurrentSet();
  const { brush, onBrush, onClear, onUntraced } = useGenerationBrush();
  const isNarrowed = set.kind !== 'all';
  const whole = useAnswer('generations', BY_TYPE, { set: { kind: 'all' } });
  const part = useAnswer('generations', isNarrowed ? BY_TYPE : null, { lane: 'strip' });
  const error = whole.error ?? part.error;
  if (error) return <p role="alert">The generations could not be read: {error.message}</p>;
  if (!whole.data) return <div className={styles.strip} />;
  const { traced, series } = whole.data;
  const hasUntraced = series.some(({ untraced }) => untraced.objects > 0);
  const chart = isNarrowed ? (part.data ?? { ...whole.data, series: [] }) : whole.data;
  return (
    <section className={styles.strip} aria-label="Generations of the whole heap" data-traced={traced}>
      <div className={styles.chart}>
        <TimelineChart
          chart={chart}
          whole={isNarrowed ? whole.data : null}
          measure="bytes"
          groupKey="type"
          noun="types"
          margins={hasUntraced ? MARGINS : MARGINS_ALL_TRACED}
          yTickCount={0}
          brush={brush}
          onBrush={onBrush}
          onClear={onClear}
          onUntraced={onUntraced}
          label="Shallow size by generation, the current set in colour"
          beginWork={idle.begin}
        />
      </div>
      {traced && (
        <p className={styles.title}>
          Shallow size by generation (GC runs), largest {formatBytes(largestGeneration(whole.data))}
        </p>
      )}
      {!traced && (
        <p className={styles.howTo}>
          No generations: to trace, run <code>ObjectSpace.trace_object_allocations_start</code> before the
          code of interest.
        </p>
      )}
    </section>
  );
}
