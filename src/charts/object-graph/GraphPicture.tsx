import { memo } from 'react';
import { cutMiddle } from '../../format/names.ts';
import type { GraphBox, GraphLine, GraphPick, ObjectGraph } from './graph.ts';
import { BOX_HEIGHT_PX, BOX_WIDTH_PX, lineMiddle, linePath, type Place, type Places } from './layout.ts';
import styles from './ObjectGraphChart.module.css';

interface GraphPictureProps {
  graph: ObjectGraph;
  places: Places;
  pinned: ReadonlySet<string>;
  /** The box that takes the focus on Tab. */
  active: string;
  picked: GraphPick | null;
  onToggle(box: string): void;
  onPickLine(line: string): void;
}

const NAME_LENGTH = 26;
const FIGURES_LENGTH = 32;
/** Characters that fit between two layers. */
const LINE_NAME_LENGTH = 13;
const MIN_LINE_PX = 1;
const MAX_LINE_PX = 14;

/** All boxes and lines. Rendered again only when they change, not while the drawing is moved. */
export const GraphPicture = memo(function GraphPicture(props: GraphPictureProps) {
  const { graph, places, picked } = props;
  return (
    <>
      {graph.lines.map(line => {
        const from = places.get(line.from);
        const to = places.get(line.to);
        if (from === undefined || to === undefined) return null;
        const isPicked = picked?.kind === 'line' && picked.id === line.id;
        return (
          <Line key={line.id} line={line} from={from} to={to} isPicked={isPicked} onPick={props.onPickLine} />
        );
      })}
      {graph.boxes.map(box => {
        const place = places.get(box.id);
        if (place === undefined) return null;
        return (
          <Box
            key={box.id}
            box={box}
            place={place}
            isPinned={props.pinned.has(box.id)}
            isActive={box.id === props.active}
            isPicked={picked?.kind === 'box' && picked.id === box.id}
            onToggle={props.onToggle}
          />
        );
      })}
    </>
  );
});

const Line = memo(function Line(props: {
  line: GraphLine;
  from: Place;
  to: Place;
  isPicked: boolean;
  onPick: (line: string) => void;
}) {
  const { line, from, to } = props;
  const path = linePath(from, to);
  const middle = lineMiddle(from, to);
  const width = MIN_LINE_PX + (MAX_LINE_PX - MIN_LINE_PX) * Math.sqrt(line.share);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the pointer; the keyboard walks along lines from box to box.
    <g
      data-line={line.id}
      className={styles.line}
      data-picked={props.isPicked}
      data-aside={line.isAside}
      onClick={() => props.onPick(line.id)}
    >
      <title>{line.description}</title>
      <path d={path} className={styles.lineHit} />
      <path d={path} className={styles.lineDrawn} style={{ strokeWidth: width }} />
      {line.name !== '' && (
        <text x={middle.x} y={middle.y - 4 - width / 2} className={styles.lineName}>
          {cutMiddle(line.name, LINE_NAME_LENGTH)}
        </text>
      )}
    </g>
  );
});

const Box = memo(function Box(props: {
  box: GraphBox;
  place: Place;
  isPinned: boolean;
  isActive: boolean;
  isPicked: boolean;
  onToggle: (box: string) => void;
}) {
  const { box, place, isPicked, isPinned } = props;
  const { handle } = box;
  return (
    // biome-ignore lint/a11y/useSemanticElements: there are no buttons in SVG.
    <g
      data-box={box.id}
      role="button"
      tabIndex={props.isActive ? 0 : -1}
      aria-label={box.description}
      aria-expanded={handle === null ? undefined : !handle.opens}
      aria-pressed={isPicked}
      className={styles.box}
      data-kind={box.kind}
      data-picked={isPicked}
      transform={`translate(${place.x} ${place.y})`}
      onDoubleClick={() => handle && props.onToggle(box.id)}
    >
      <title>{box.description}</title>
      {box.isPoint && (
        <rect
          x={-5}
          y={-5}
          width={BOX_WIDTH_PX + 10}
          height={BOX_HEIGHT_PX + 10}
          rx={9}
          className={styles.ring}
        />
      )}
      <rect
        width={BOX_WIDTH_PX}
        height={BOX_HEIGHT_PX}
        rx={4}
        className={styles.boxFrame}
        data-member={box.isMember}
      />
      <rect
        x={1}
        y={1}
        width={5}
        height={BOX_HEIGHT_PX - 2}
        className={styles.family}
        data-family={box.family ?? 'mixed'}
      />
      <text x={14} y={17} className={styles.boxName}>
        {cutMiddle(box.name, NAME_LENGTH - box.count.length) + box.count}
      </text>
      <text x={14} y={32} className={styles.boxFigures}>
        {cutMiddle(box.figures, FIGURES_LENGTH)}
      </text>
      {box.share !== null && (
        <>
          <rect x={14} y={37} width={BOX_WIDTH_PX - 24} height={3} className={styles.barGround} />
          <rect
            x={14}
            y={37}
            width={Math.max(1, (BOX_WIDTH_PX - 24) * box.share)}
            height={3}
            className={styles.bar}
          />
        </>
      )}
      {isPinned && <circle cx={BOX_WIDTH_PX - 8} cy={8} r={3} className={styles.pin} />}
      {handle && (
        // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer; Enter on the box does the same.
        <g
          data-handle
          className={styles.handle}
          transform={`translate(${BOX_WIDTH_PX} ${BOX_HEIGHT_PX / 2})`}
          onClick={() => props.onToggle(box.id)}
        >
          <circle r={9} />
          <text y={4}>{handle.opens ? '+' : '−'}</text>
        </g>
      )}
    </g>
  );
});
