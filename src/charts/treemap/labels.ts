import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import { formatCount, formatCountOf } from '../../format/counts.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import type { ChartFont } from '../canvas-host/surface.ts';
import { firstThatFits, type MeasureText } from '../canvas-host/text-measure.ts';

/** Fewer characters of a cut name identify nothing. */
const LEAST_CUT = 7;

/** Whether the title is a name that says more than the class label. */
function isNamed({ isNamed, title }: TreeNode): boolean {
  return title !== '' && isNamed;
}

/** The full name of a tile: `AuditTrail (Class)`, `Array [240]`, `Node × 250,000 deep`. */
export function tileName(node: TreeNode): string {
  switch (node.kind) {
    case 'remainder':
      return node.objects > 0 ? `not drawn: ${formatCountOf(node.objects, 'object')}` : 'not drawn';
    case 'self':
      return 'own size';
    case 'merged':
      return oneLine(`${node.label} × ${formatCount(node.merged)}${node.chainLength > 1 ? ' deep' : ''}`);
    case 'namespace':
      return oneLine(`${node.label}… (${formatCountOf(node.merged, 'class', 'classes')})`);
    case 'root':
      return oneLine(`root ${node.label}`);
    default: {
      const named = isNamed(node) ? `${node.title} (${node.label})` : `${node.label} ${node.title}`;
      const name = node.title === '' ? node.label : named;
      return oneLine(node.chainLength > 1 ? `${name} × ${formatCount(node.chainLength)} deep` : name);
    }
  }
}

/** The full path of a tile whose label is only a part of it; null for all other tiles. */
export function wholePath({ set, label }: TreeNode): string | null {
  const spec = set?.kind === 'and' ? set.sets.at(-1) : set;
  return spec?.kind === 'group' && spec.label !== null && spec.label !== label ? spec.label : null;
}

/** Names for a tile, from the fullest to the shortest that still identifies it. */
export function tileNames(node: TreeNode): string[] {
  const full = tileName(node);
  if (node.kind === 'remainder') return [full, 'not drawn'];
  if (node.kind === 'namespace') return [full, `${oneLine(node.label)}…`];
  if (node.kind === 'self' || node.kind === 'root') return [full, oneLine(node.label)];
  const [whole, beside] = isNamed(node) ? [node.title, ''] : [node.label, node.title];
  const name = oneLine(whole);
  const short = cutMiddle(name, lastPartLength(name));
  const [gem, path] = name.split(' \u203a ', 2);
  const inGem = path === undefined ? [] : namesInGem(gem!, path);
  return beside === '' ? [full, name, ...inGem, short] : [full, oneLine(`${short} ${beside}`), short];
}

/**
 * The fullest name of a tile that fits into a width: one of {@link tileNames}, or else the last part of it, cut in its middle
 * so that names that begin alike can be told apart. Null if that would say nothing.
 */
export function fittingName(
  node: TreeNode,
  font: ChartFont,
  widthPx: number,
  measure: MeasureText,
): string | null {
  const names = tileNames(node);
  const whole = firstThatFits(names, font, widthPx, measure);
  if (whole !== null || node.kind === 'remainder' || node.kind === 'self') return whole;
  const last = names.at(-1)!.replace(/^\u2026(::|\/)|(::)?\u2026$/g, '');
  const lastPx = measure(last, font);
  if (lastPx <= widthPx) return last === '' ? null : last;
  for (let length = Math.floor((last.length * widthPx) / lastPx); length >= LEAST_CUT; length--) {
    const cut = cutMiddle(last, length);
    if (measure(cut, font) <= widthPx) return cut;
  }
  return null;
}

/** `rack 3.0.8 › …/mock.rb`, `rack › mock.rb`: the gem distinguishes files of the same name. */
function namesInGem(gem: string, path: string): string[] {
  const name = gem.replace(/ \d\S*$/, '');
  return [
    `${gem} \u203a ${cutMiddle(path, lastPartLength(path))}`,
    `${name} \u203a ${path.slice(path.lastIndexOf('/') + 1)}`,
  ];
}

/**
 * The length of `…::Last` or `…/last.rb:12`: the shortest form that keeps the last part of a constant or path whole.
 */
function lastPartLength(name: string): number {
  const separator = name.includes('::') ? '::' : '/';
  const at = name.lastIndexOf(separator);
  return at < 0 ? name.length : name.length - at + 1;
}
