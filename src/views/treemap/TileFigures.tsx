import type { ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import { tileName } from '../../charts/treemap/labels.ts';
import type { TreeMatches } from '../../charts/treemap/search.ts';
import type { TreemapTree } from '../../charts/treemap/summarise.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCountOf, formatShare, shareOf } from '../../format/counts.ts';
import { Button } from '../../widgets/Button.tsx';
import { Bytes, Name, TypeDot } from '../../widgets/figures.tsx';
import styles from './Treemap.module.css';

/** How much of the tree is drawn: `210 tiles · 14.2 MiB of 62 MiB not drawn`. */
export function TileFigures(props: { tree: TreemapTree; mark: string; matches: TreeMatches | null }) {
  const { tree, mark, matches } = props;
  const whole = tree.nodes[0];
  if (!whole) return null;
  const inside = tree.nodes.slice(1);
  const rest = inside.filter(node => node.kind === 'remainder');
  const restBytes = rest.reduce((sum, node) => sum + node.bytes, 0);
  const tiles = inside.length - rest.length;
  const isCounts = tree.formatSize !== formatBytes;
  const sizeOf = (size: number) => (isCounts ? formatCountOf(size, 'object') : formatBytes(size));
  const left = restBytes === 0 ? '' : ` · ${sizeOf(restBytes)} not drawn`;
  const size = isCounts ? '' : `, ${formatBytes(whole.bytes)}`;
  const found =
    matches === null
      ? ''
      : `${formatCountOf(matches.nodes, mark)} match: ${sizeOf(matches.size)}, ${formatShare(shareOf(matches.size, whole.bytes))} · `;
  const text = `${found}${formatCountOf(whole.objects, 'object')}${size}, in ${formatCountOf(tiles, mark)}${left}`;
  return (
    <span className={styles.quiet} title={text} role={matches === null ? undefined : 'status'}>
      {text}
    </span>
  );
}

/** Actions on the clicked tile: zooming into it, and narrowing to it. */
export function PickedTile(props: {
  node: TreeNode;
  opens: boolean;
  onDrill: () => void;
  /** Shows the holders of the tile's objects instead; null if that is not possible. */
  onHolders: (() => void) | null;
  onNarrow: (set: ObjectSetSpec) => void;
}) {
  const { node, opens, onDrill, onHolders, onNarrow } = props;
  const { set } = node;
  return (
    <span className={styles.picked}>
      <TypeDot of={node} />
      <Name text={tileName(node)} maxLength={40} />
      <span className={styles.quiet}>
        <Bytes value={node.bytes} />
      </span>
      {opens && <Button onClick={onDrill}>{node.kind === 'remainder' ? 'Show it' : 'Go in'}</Button>}
      {onHolders && <Button onClick={onHolders}>Who holds it?</Button>}
      {set && <Button onClick={() => onNarrow(set)}>Show only this</Button>}
    </span>
  );
}
