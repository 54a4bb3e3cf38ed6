import type { ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import type { TreeNode } from '../../../workers/protocol/rows.ts';
import { tileName } from '../../charts/treemap/labels.ts';
import type { TreemapTree } from '../../charts/treemap/summarise.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf } from '../../format/counts.ts';
import { Button } from '../../widgets/Button.tsx';
import { Bytes, Name, TypeDot } from '../../widgets/figures.tsx';
import styles from './Treemap.module.css';

/** How much of the whole is drawn: `240 of 381,682 objects drawn · rest 14.2 MiB`. */
export function TileFigures({ tree }: { tree: TreemapTree }) {
  const whole = tree.nodes[0];
  if (!whole) return null;
  const inside = tree.nodes.slice(1);
  const rest = inside.filter(node => node.kind === 'remainder');
  const restBytes = rest.reduce((sum, node) => sum + node.bytes, 0);
  const objects = inside.filter(node => node.kind === 'object').length;
  const groups = inside.filter(node => node.kind === 'group').length;
  const drawn =
    objects > 0
      ? `${formatCount(objects)} of ${formatCountOf(whole.objects, 'object')} drawn`
      : `${formatCountOf(groups, 'group')} of ${formatCountOf(whole.objects, 'object')} drawn`;
  const text = `${drawn} · rest ${formatBytes(restBytes)} of ${formatBytes(whole.bytes)}`;
  return (
    <span className={styles.quiet} title={text}>
      {text}
    </span>
  );
}

/** The tile that was clicked: going into it, and narrowing by it. */
export function PickedTile(props: {
  node: TreeNode;
  opens: 'inside' | 'classes' | null;
  onDrill: () => void;
  onNarrow: (set: ObjectSetSpec) => void;
}) {
  const { node, opens, onDrill, onNarrow } = props;
  const { set } = node;
  return (
    <span className={styles.picked}>
      <TypeDot type={node.type} />
      <Name text={tileName(node)} maxLength={40} />
      <span className={styles.quiet}>
        <Bytes value={node.bytes} />
      </span>
      {opens && <Button onClick={onDrill}>{opens === 'inside' ? 'Go in' : 'Show all by class'}</Button>}
      {set && <Button onClick={() => onNarrow(set)}>Narrow to this</Button>}
    </span>
  );
}
