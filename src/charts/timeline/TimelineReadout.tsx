import { formatCountOf, formatShare, shareOf } from '../../format/counts.ts';
import { cutMiddle } from '../../format/names.ts';
import { formatMeasure } from './draw.ts';
import type { TimelineHit } from './hit-test.ts';
import { binName, seriesName } from './names.ts';
import type { Timeline } from './summarise.ts';
import styles from './Timeline.module.css';

/** The tooltip of a timeline: the bar under the pointer. */
export function TimelineReadout(props: {
  timeline: Timeline;
  colours: readonly string[];
  hit: TimelineHit;
  /** What the groups are: "classes". */
  noun: string;
}) {
  const { timeline, colours, hit, noun } = props;
  const values =
    hit.part === 'bin'
      ? timeline.values.subarray(hit.bin * timeline.series.length, (hit.bin + 1) * timeline.series.length)
      : timeline.series.map(series => series.untraced);
  const total = hit.part === 'bin' ? timeline.totals[hit.bin]! : timeline.untracedTotal;
  return (
    <>
      <strong>{hit.part === 'bin' ? binName(timeline, hit.bin) : 'untraced'}</strong>
      <div>
        {timeline.measure === 'bytes' ? formatMeasure(total, 'bytes') : formatCountOf(total, 'object')} ·{' '}
        {formatShare(shareOf(total, timeline.tracedTotal + timeline.untracedTotal))} of all
      </div>
      <dl className={styles.figures}>
        {timeline.series.map((series, index) =>
          values[index]! > 0 ? (
            <SeriesFigure
              key={`${series.kind} ${series.label}`}
              name={cutMiddle(seriesName(series, noun), 40)}
              colour={colours[index]!}
              value={formatMeasure(values[index]!, timeline.measure)}
              isHere={hit.series === index}
            />
          ) : null,
        )}
      </dl>
    </>
  );
}

function SeriesFigure(props: { name: string; colour: string; value: string; isHere: boolean }) {
  const className = props.isHere ? styles.here : undefined;
  return (
    <>
      <dt className={className}>
        <span className={styles.swatch} style={{ background: props.colour }} />
        {props.name}
      </dt>
      <dd className={className}>{props.value}</dd>
    </>
  );
}

/** The series and their colours. */
export function TimelineLegend(props: { timeline: Timeline; colours: readonly string[]; noun: string }) {
  return (
    <ul className={styles.legend} aria-label="Legend">
      {props.timeline.series.map((series, index) => (
        <li key={`${series.kind} ${series.label}`}>
          <span className={styles.swatch} style={{ background: props.colours[index] }} />
          {cutMiddle(seriesName(series, props.noun), 44)}
        </li>
      ))}
    </ul>
  );
}
