import { formatCount } from '../../format/counts.ts';
import { type Brush, type BrushHandle, brushExtent, handleAfterKey, wholeAxis } from './brush.ts';
import type { TimelineLayout } from './layout.ts';
import styles from './Timeline.module.css';

const HANDLES: readonly { handle: BrushHandle; name: string }[] = [
  { handle: 'from', name: 'First generation selected' },
  { handle: 'to', name: 'Last generation selected' },
];

/** The two ends of the brush as sliders for the keyboard. Without a brush they stand at the ends of the axis. */
export function BrushHandles(props: {
  layout: TimelineLayout;
  brush: Brush | null;
  onMove: (brush: Brush) => void;
  onClear: () => void;
}) {
  const { layout, brush, onMove, onClear } = props;
  const { timeline, plot } = layout;
  if (timeline.bins === 0 || plot.widthPx === 0) return null;
  const axis = wholeAxis(timeline);
  const shown = brush ?? axis;
  const { leftPx, rightPx } = brushExtent(layout, shown);
  return HANDLES.map(({ handle, name }) => (
    <div
      key={handle}
      role="slider"
      tabIndex={0}
      className={styles.handle}
      data-set={brush !== null}
      aria-label={name}
      aria-valuemin={axis.from}
      aria-valuemax={axis.to}
      aria-valuenow={Math.min(axis.to, Math.max(axis.from, shown[handle]))}
      aria-valuetext={`generation ${formatCount(shown[handle])}`}
      style={{ left: handle === 'from' ? leftPx : rightPx, top: plot.topPx, height: plot.heightPx }}
      onKeyDown={event => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const moved = handleAfterKey(timeline, shown, handle, event.key);
        if (moved) onMove(moved);
        else if (event.key === 'Escape' && brush) onClear();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  ));
}
