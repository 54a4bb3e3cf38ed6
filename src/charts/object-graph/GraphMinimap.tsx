import type { ChartSize } from '../canvas-host/geometry.ts';
import type { ObjectGraph } from './graph.ts';
import { BOX_HEIGHT_PX, BOX_WIDTH_PX, boundsOf, type Place, type Places } from './layout.ts';
import styles from './ObjectGraphChart.module.css';
import type { Viewport } from './use-viewport.ts';

const WIDTH_PX = 160;
const HEIGHT_PX = 100;

/**
 * A small copy of the whole drawing that marks the visible part. Hidden while everything is visible. A click moves the
 * view there.
 */
export function GraphMinimap(props: {
  graph: ObjectGraph;
  places: Places;
  view: Viewport;
  size: ChartSize;
  onGo: (point: Place) => void;
}) {
  const { graph, places, view, size } = props;
  const bounds = boundsOf(places);
  const sight = {
    x: -view.x / view.scale,
    y: -view.y / view.scale,
    width: size.widthPx / view.scale,
    height: size.heightPx / view.scale,
  };
  const isAllSeen =
    sight.x <= bounds.x &&
    sight.y <= bounds.y &&
    sight.x + sight.width >= bounds.x + bounds.width &&
    sight.y + sight.height >= bounds.y + bounds.height;
  if (isAllSeen) return null;
  const scale = Math.max(bounds.width / WIDTH_PX, bounds.height / HEIGHT_PX);
  return (
    <svg
      className={styles.minimap}
      width={WIDTH_PX}
      height={HEIGHT_PX}
      viewBox={`${bounds.x} ${bounds.y} ${WIDTH_PX * scale} ${HEIGHT_PX * scale}`}
      aria-hidden="true"
      onPointerDown={event => {
        const { left, top } = event.currentTarget.getBoundingClientRect();
        props.onGo({
          x: bounds.x + (event.clientX - left) * scale,
          y: bounds.y + (event.clientY - top) * scale,
        });
      }}
    >
      {graph.boxes.map(({ id, isPoint }) => {
        const place = places.get(id);
        return (
          place && (
            <rect
              key={id}
              x={place.x}
              y={place.y}
              width={BOX_WIDTH_PX}
              height={BOX_HEIGHT_PX}
              className={isPoint ? styles.minimapPoint : styles.minimapBox}
            />
          )
        );
      })}
      <rect {...sight} className={styles.minimapSight} style={{ strokeWidth: 2 * scale }} />
    </svg>
  );
}
