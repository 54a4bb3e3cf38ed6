import { Pause, Play } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Comparison } from '../../../workers/protocol/comparison.ts';
import type { ChartHandle } from '../../charts/canvas-host/picture.ts';
import { saveChart } from '../../charts/canvas-host/save-chart.ts';
import { growthLegend } from '../../charts/growth-map/draw.ts';
import { GrowthMap } from '../../charts/growth-map/GrowthMap.tsx';
import { summariseGrowth } from '../../charts/growth-map/summarise.ts';
import { oneLine } from '../../format/names.ts';
import { useSession } from '../../session/session.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { GROUPING_KEY_NAMES } from '../../state/grouping-names.ts';
import type { ViewOf } from '../../state/navigation.ts';
import { useActiveSnapshot } from '../../state/use-app.ts';
import { usePalette } from '../../theme/use-palette.ts';
import { Button } from '../../widgets/Button.tsx';
import { shortGroupText } from '../shared/FilePath.tsx';
import styles from './CompareView.module.css';
import { groupChip, useOpenSet } from './use-open-set.ts';

/** Maximum number of groups requested; the smallest of them are combined into one tile. */
const MOST_GROUPS = 1000;
/** How long each dump is shown while the series is playing. */
const STEP_MS = 900;

/** A treemap of the groups that steps through the dumps, each group keeping its place. */
export function GrowthMapSection({ comparison, view }: { comparison: Comparison; view: ViewOf<'compare'> }) {
  const { key } = view;
  const { dumps } = comparison;
  const { idle } = useSession();
  const openSet = useOpenSet();
  const palette = usePalette();
  const handle = useRef<ChartHandle>(null);
  const readingId = useId();
  const last = dumps.length - 1;
  const [step, setStep] = useState(last);
  const [isPlaying, setPlaying] = useState(false);
  const shown = Math.min(step, last);
  useEffect(() => {
    if (!isPlaying) return;
    if (shown === last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => setStep(shown + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, shown, last]);
  const root = useActiveSnapshot()?.applicationRoot ?? '';
  const { data } = useAnswer('growth', { key, offset: 0, limit: MOST_GROUPS }, { lane: 'growth map' });
  const tiles = useMemo(() => {
    const groups = (data?.rows ?? []).map(row => ({
      name: shortGroupText(key, row.label, root),
      sizes: row.shallowBytes,
    }));
    return summariseGrowth(groups, last + 1);
  }, [data, key, last, root]);
  const names = dumps.map(({ name }) => oneLine(name));
  const play = () => {
    if (!isPlaying && shown === last) setStep(0);
    setPlaying(!isPlaying);
  };
  return (
    <section>
      <div className={styles.sectionHead}>
        <h3>Growth by area</h3>
        <p className={styles.quiet} id={readingId}>
          The frame of each {GROUPING_KEY_NAMES[key].name} shows its largest size in any dump, the filled part
          its size in the dump that is shown. Colours show the change from the previous dump. The arrow keys
          step, Space plays.
        </p>
        <Button onClick={play} aria-pressed={isPlaying}>
          {isPlaying ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
          {isPlaying ? 'Pause' : 'Play'}
        </Button>
        <input
          type="range"
          aria-label="Dump that is shown"
          aria-valuetext={names[shown]}
          min={0}
          max={last}
          value={shown}
          onChange={event => setStep(Number(event.target.value))}
        />
        <span>{names[shown]}</span>
        <Button
          onClick={() => {
            if (handle.current) void saveChart(handle.current, 'png', `growth-${key}`);
          }}
        >
          Save as PNG
        </Button>
      </div>
      <div className={styles.growthMap}>
        <GrowthMap
          ref={handle}
          tiles={tiles}
          step={shown}
          stepNames={names}
          label={`Shallow size by ${GROUPING_KEY_NAMES[key].name} in ${names[shown]}`}
          describedBy={readingId}
          onStep={setStep}
          onPlay={play}
          onOpen={source => {
            const row = data?.rows[source];
            if (row !== undefined) openSet(dumps[shown]!.id, [groupChip(key, row.label)], 'objects');
          }}
          beginWork={idle.begin}
        />
      </div>
      <ul className={styles.legend} aria-label="Colours">
        {growthLegend(palette).map(({ name, colour }) => (
          <li key={name}>
            <span className={styles.swatch} style={{ background: colour }} />
            {name}
          </li>
        ))}
      </ul>
    </section>
  );
}
