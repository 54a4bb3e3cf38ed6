import { Scissors } from 'lucide-react';
import { useState } from 'react';
import type { Exclusion } from '../../../workers/protocol/exclusions.ts';
import type { RetainerPath } from '../../../workers/protocol/paths.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount } from '../../format/counts.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { foldPath, type PathRow, REVEALED_AT_A_TIME } from './fold-path.ts';
import { EDGE_PX, LINE_X_PX, layoutPath, ROOT_PX } from './layout.ts';
import { drawnEdgeText } from './path-text.ts';
import styles from './RetainerPathChart.module.css';

/** Maximum length of an object's name in a step's box. */
const NAME_LENGTH = 34;

interface RetainerPathChartProps {
  path: RetainerPath;
  onSelect: (object: ObjectRow) => void;
  /** If given, every step and every reference has a button that asks what would be freed without it. */
  onCut?: (cut: Exclusion) => void;
}

/**
 * A retainer path, drawn from the root at the top down to the object. The drawing is an SVG behind a list of
 * buttons, so that every step can be reached and read without seeing it.
 */
export function RetainerPathChart(props: RetainerPathChartProps) {
  const { path, onSelect, onCut } = props;
  const [revealed, setRevealed] = useState<ReadonlyMap<string, number>>(new Map());
  const rows = foldPath(
    path.steps.map(step => step.object.label),
    revealed,
  );
  const layout = layoutPath(rows, path.root !== null);
  const reveal = (key: string) =>
    setRevealed(old => new Map(old).set(key, (old.get(key) ?? 0) + REVEALED_AT_A_TIME));
  return (
    <div className={styles.chart} style={{ height: layout.heightPx }}>
      <svg className={styles.lines} width={LINE_X_PX * 2} height={layout.heightPx} aria-hidden="true">
        {layout.rows.map(({ row, topPx, heightPx, lineTopPx }) => (
          <PathMark
            key={row.kind === 'step' ? row.position : row.from}
            path={path}
            row={row}
            topPx={topPx}
            heightPx={heightPx}
            lineTopPx={lineTopPx}
          />
        ))}
        {path.root !== null && (
          <rect
            className={styles.root}
            x={LINE_X_PX - 5}
            y={ROOT_PX / 2 - 5}
            width={10}
            height={10}
            transform={`rotate(45 ${LINE_X_PX} ${ROOT_PX / 2})`}
          />
        )}
      </svg>
      <ol className={styles.steps}>
        {path.root !== null && (
          <li className={styles.rootName} style={{ height: ROOT_PX }}>
            root <strong>{oneLine(path.root)}</strong>
          </li>
        )}
        {layout.rows.map(({ row, topPx, heightPx }) => (
          <li
            key={row.kind === 'step' ? row.position : row.from}
            className={styles.row}
            style={{ top: topPx, height: heightPx }}
          >
            {row.kind === 'step' ? (
              <StepRow path={path} position={row.position} onSelect={onSelect} onCut={onCut} />
            ) : (
              <FoldRow path={path} row={row} onReveal={() => reveal(row.key)} />
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The line that leads to a row, with its arrow head, and the row's mark. */
function PathMark(props: {
  path: RetainerPath;
  row: PathRow;
  topPx: number;
  heightPx: number;
  lineTopPx: number;
}) {
  const { path, row, topPx, heightPx, lineTopPx } = props;
  const middlePx = topPx + heightPx / 2;
  const object =
    row.kind === 'gap' ? null : path.steps[row.kind === 'step' ? row.position : row.from]!.object;
  const isLast = row.kind === 'step' && row.position === path.steps.length - 1;
  return (
    <>
      {topPx > lineTopPx && (
        <>
          <path className={styles.line} d={`M${LINE_X_PX} ${lineTopPx - 6}V${middlePx - 9}`} />
          <path className={styles.head} d={`M${LINE_X_PX - 4} ${middlePx - 12}h8l-4 6z`} />
        </>
      )}
      {isLast && <circle className={styles.ring} cx={LINE_X_PX} cy={middlePx} r={8} />}
      {object ? (
        <circle
          className={styles.mark}
          data-family={object.family}
          cx={LINE_X_PX}
          cy={middlePx}
          r={row.kind === 'run' ? 6 : 5}
        />
      ) : (
        <path className={styles.gap} d={`M${LINE_X_PX} ${middlePx - 6}v14`} />
      )}
    </>
  );
}

function StepRow(props: {
  path: RetainerPath;
  position: number;
  onSelect: (object: ObjectRow) => void;
  onCut: RetainerPathChartProps['onCut'];
}) {
  const { path, position, onSelect, onCut } = props;
  const step = path.steps[position]!;
  const { object } = step;
  const isLast = position === path.steps.length - 1;
  const isNamed = object.title !== '' && object.isNamed;
  const name = oneLine(isNamed ? object.title : object.label);
  const beside = oneLine(isNamed ? `(${object.label})` : object.title);
  const reference = referenceTo(path, position);
  return (
    <>
      {(path.root !== null || position > 0) && (
        <span className={styles.edge} style={{ top: -EDGE_PX }} data-named={step.name !== null}>
          {drawnEdgeText(step)}
          {onCut && reference && (
            <CutButton what={`the reference to ${name} ${object.address}`} onCut={() => onCut(reference)} />
          )}
        </span>
      )}
      {onCut && path.root !== null && (
        <CutButton
          what={`${name} ${object.address}`}
          onCut={() => onCut({ kind: 'object', address: object.address })}
        />
      )}
      <button
        type="button"
        className={styles.step}
        data-cut={onCut !== undefined && path.root !== null}
        aria-current={isLast ? 'true' : undefined}
        title={`${name} ${beside} ${object.address}\nretained ${formatBytes(object.retainedBytes)}`}
        onClick={() => onSelect(object)}
      >
        <span className={styles.name}>{cutMiddle(name, NAME_LENGTH)}</span>
        {beside !== '' && <span className={styles.beside}>{cutMiddle(beside, 16)}</span>}
        <span className={styles.retained}>{formatBytes(object.retainedBytes)}</span>
      </button>
    </>
  );
}

/** The reference to a step from the previous one, or from the root; null if the previous step is omitted. */
function referenceTo({ root, steps }: RetainerPath, position: number): Exclusion | null {
  const { object, omittedBefore } = steps[position]!;
  const to = { kind: 'object', address: object.address } as const;
  const before = steps[position - 1];
  if (before !== undefined) {
    const from = { kind: 'object', address: before.object.address } as const;
    return omittedBefore > 0 ? null : { kind: 'reference', from, to };
  }
  return root === null ? null : { kind: 'reference', from: { kind: 'root', root }, to };
}

function CutButton({ what, onCut }: { what: string; onCut: () => void }) {
  return (
    <button
      type="button"
      className={styles.cut}
      aria-label={`What if cut: ${what}`}
      title="What would be freed without it?"
      onClick={onCut}
    >
      <Scissors size={12} aria-hidden />
    </button>
  );
}

function FoldRow(props: {
  path: RetainerPath;
  row: Exclude<PathRow, { kind: 'step' }>;
  onReveal: () => void;
}) {
  const { path, row, onReveal } = props;
  const listed = row.to - row.from + 1;
  const omitted = path.steps.slice(row.from, row.to + 1).reduce((sum, step) => sum + step.omittedBefore, 0);
  const steps = listed + omitted;
  const label = oneLine(path.steps[row.from]!.object.label);
  const next = Math.min(listed, REVEALED_AT_A_TIME);
  return (
    <button type="button" className={styles.fold} onClick={onReveal}>
      {row.kind === 'run'
        ? `${cutMiddle(label, NAME_LENGTH)} × ${formatCount(steps)}`
        : `${formatCount(steps)} more steps`}
      <span className={styles.beside}>{next === listed ? 'show' : `show ${next} more`}</span>
    </button>
  );
}
