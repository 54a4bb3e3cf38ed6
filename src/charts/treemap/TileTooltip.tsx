import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatShare, shareOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { tileName, wholePath } from './labels.ts';
import { pathTo, type TreemapTree } from './summarise.ts';
import styles from './TileTooltip.module.css';

/** Levels of the path at its start and end that are shown; the middle of a longer path is left out. */
const OUTER_LEVELS = 2;
const INNER_LEVELS = 3;

/** Path and figures of one tile. `areaName` says what the areas mean. */
export function TileTooltip(props: { tree: TreemapTree; position: number; areaName: string }) {
  const { tree, position, areaName } = props;
  const node = tree.nodes[position]!;
  const whole = wholePath(node);
  const path = pathTo(tree, position);
  const omitted = path.length - OUTER_LEVELS - INNER_LEVELS;
  const shown = omitted > 0 ? [...path.slice(0, OUTER_LEVELS), ...path.slice(-INNER_LEVELS)] : path;
  return (
    <>
      <ol className={styles.path}>
        {shown.map((at, index) => (
          <li key={at} className={at === position ? styles.self : undefined}>
            {omitted > 0 && index === OUTER_LEVELS && <div>… {formatCount(omitted)} more</div>}
            {tileName(tree.nodes[at]!)}
          </li>
        ))}
      </ol>
      <dl className={styles.figures}>
        {node.compared === undefined && (
          <>
            <dt>{areaName}</dt>
            <dd>
              {tree.formatSize(node.bytes)} · {formatShare(shareOf(node.bytes, tree.nodes[0]!.bytes))} of what
              is shown
            </dd>
          </>
        )}
        {whole !== null && (
          <>
            <dt>Path</dt>
            <dd>{oneLine(whole)}</dd>
          </>
        )}
        {node.isHolder && (
          <>
            <dt>In the set</dt>
            <dd>no, it holds members</dd>
          </>
        )}
        {node.remark !== undefined && (
          <>
            <dt>Note</dt>
            <dd>{oneLine(node.remark)}</dd>
          </>
        )}
        {node.compared !== undefined && (
          <>
            <dt>Before</dt>
            <dd>{tree.formatSize(node.compared.before)}</dd>
            <dt>Now</dt>
            <dd>{tree.formatSize(node.compared.after)}</dd>
          </>
        )}
        {node.kind === 'object' && (
          <>
            <dt>Shallow size</dt>
            <dd>{formatBytes(node.shallowBytes)}</dd>
          </>
        )}
        {node.objects > 0 && (
          <>
            <dt>Objects</dt>
            <dd>{formatCount(node.objects)}</dd>
          </>
        )}
        {node.generation !== null && (
          <>
            <dt>Generation</dt>
            <dd>{formatCount(node.generation)}</dd>
          </>
        )}
      </dl>
    </>
  );
}
