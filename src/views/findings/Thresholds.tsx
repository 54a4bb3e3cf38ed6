import type { FindingKindInfo, FindingThreshold } from '../../../workers/protocol/findings.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatShare } from '../../format/counts.ts';
import { Button } from '../../widgets/Button.tsx';
import styles from './Thresholds.module.css';
import { STEPS, stepOf, valueAt } from './threshold-steps.ts';

/** The thresholds of all kinds as sliders. */
export function Thresholds({
  kinds,
  values,
  onChange,
}: {
  kinds: readonly FindingKindInfo[];
  values: Readonly<Record<string, number>>;
  onChange: (values: Record<string, number>) => void;
}) {
  const moved = Object.keys(values).length;
  return (
    <details className={styles.details}>
      <summary>Thresholds{moved === 0 ? '' : ` (${moved} moved)`}</summary>
      <div className={styles.kinds}>
        {kinds
          .filter(({ thresholds }) => thresholds.length > 0)
          .map(({ kind, thresholds }) => (
            <fieldset key={kind} className={styles.kind}>
              <legend>{kind.replaceAll('-', ' ')}</legend>
              {thresholds.map(threshold => (
                <Slider
                  key={threshold.name}
                  threshold={threshold}
                  value={values[threshold.name] ?? threshold.usual}
                  onChange={value => {
                    const { [threshold.name]: _, ...others } = values;
                    onChange(value === threshold.usual ? others : { ...others, [threshold.name]: value });
                  }}
                />
              ))}
            </fieldset>
          ))}
      </div>
      {moved === 0 ? null : <Button onClick={() => onChange({})}>Use the usual thresholds</Button>}
    </details>
  );
}

function Slider({
  threshold,
  value,
  onChange,
}: {
  threshold: FindingThreshold;
  value: number;
  onChange: (value: number) => void;
}) {
  const text = valueText(threshold, value);
  return (
    <label className={styles.slider}>
      <span>{threshold.label}</span>
      <input
        type="range"
        min={0}
        max={STEPS}
        value={stepOf(threshold, value)}
        aria-valuetext={text}
        onChange={event => onChange(valueAt(threshold, Number(event.target.value)))}
      />
      <output>{text}</output>
    </label>
  );
}

function valueText({ unit }: FindingThreshold, value: number): string {
  if (unit === 'share') return formatShare(value);
  if (unit === 'bytes') return formatBytes(value);
  return unit === 'count' ? formatCount(value) : value.toFixed(1);
}
