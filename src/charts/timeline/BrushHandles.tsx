import { formatCount } from '../../format/counts.ts';
import { KEY_ZOOM } from '../canvas-host/use-gestures.ts';
import { type Brush, type BrushHandle, brushExtent, handleAfterKey, wholeAxis } from './brush.ts';
import type { TimelineLayout } from './layout.ts';
import styles from './Timeline.module.css';

const HANDLES: readonly { handle: BrushHandle; name: string }[] = [
  { handle: 'from', name: 'First generation selected' },
  { handle: 'to', name: 'Last generation selected' },
];

/** Factor by which a key magnifies. */
const ZOOM_KEYS: Readonly<Record<string, number>> = {
  '+': KEY_ZOOM,
  '=': KEY_ZOOM,
  '-': 1 / KEY_ZOOM,
  '0': 0,
};

/** The two ends of the brush as sliders for the keyboard. Without a brush they are at the ends of the axis. */
export function BrushHandles(props: {
  layout: TimelineLayout;
  brush: Brush | null;
  onMove: (brush: Brush) => void;
  onClear: () => void;
  /** A key zooms around a handle; factor 0 resets the zoom. */
  onZoom: (factor: number, xPx: number) => void;
}) {
  const { layout, brush, onMove, onClear, onZoom } = props;
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
        const xPx = handle === 'from' ? leftPx : rightPx;
        const factor = ZOOM_KEYS[event.key];
        if (moved) onMove(moved);
        else if (factor !== undefined) onZoom(factor, xPx);
        else if (event.key === 'Escape' && brush) onClear();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  ));
}
