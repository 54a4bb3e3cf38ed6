import { formatBytes } from '../protocol/format/bytes.ts';
import { formatCount } from '../protocol/format/counts.ts';
import { escapeMarkup } from '../protocol/format/escape-markup.ts';
import type { GenerationChart } from '../protocol/generations.ts';
import { squarify } from '../protocol/squarify.ts';
import type { TreeNode } from '../protocol/tree-node.ts';
import { FAMILIES, type FamilyNames } from '../protocol/vocabulary.ts';

const WIDTH = 960;
const TREEMAP_HEIGHT = 420;
const HEADER = 16;
const GAP = 1;
/** Tiles with a side smaller than this are drawn without their children. */
const SMALLEST_NESTED = 30;
const DEPTH = 3;
/** Approximate width of a character of a label. */
const CHARACTER = 6.4;

/**
 * The tree as a treemap: areas are bytes, and each tile is nested in the one that keeps it alive. Empty if there is no
 * tile.
 */
export function treemapPicture(tree: readonly TreeNode[]): string {
  const children = new Map<number, number[]>();
  for (const [at, { parent }] of tree.entries()) children.set(parent, [...(children.get(parent) ?? []), at]);
  const tiles: string[] = [];
  const draw = (at: number, left: number, top: number, width: number, height: number, depth: number) => {
    const inner = (children.get(at) ?? []).filter(child => tree[child]!.bytes > 0);
    if (depth > 0) tiles.push(tileMarkup(tree[at]!, left, top, width, height));
    if (inner.length === 0 || depth >= DEPTH || width < SMALLEST_NESTED || height < SMALLEST_NESTED + HEADER)
      return;
    const header = depth === 0 ? 0 : HEADER;
    const frame = {
      leftPx: left + GAP,
      topPx: top + header,
      widthPx: width - 2 * GAP,
      heightPx: height - header - GAP,
    };
    inner.sort((a, b) => tree[b]!.bytes - tree[a]!.bytes);
    const sizes = inner.map(child => tree[child]!.bytes);
    squarify(sizes, frame, (i, l, t, w, h) => draw(inner[i]!, l, t, w, h, depth + 1));
  };
  draw(0, 0, 0, WIDTH, TREEMAP_HEIGHT, 0);
  return tiles.length === 0 ? '' : svg(TREEMAP_HEIGHT, 'Treemap of what keeps what alive', tiles);
}

function tileMarkup(node: TreeNode, left: number, top: number, width: number, height: number): string {
  const isMany = node.merged > 1 && node.kind !== 'remainder';
  const name = isMany
    ? `${node.label} × ${formatCount(node.merged)}`
    : node.isNamed && node.title !== ''
      ? node.title
      : `${node.label} ${node.title}`.trimEnd();
  const shown = fitting(`${name}  ${formatBytes(node.bytes)}`, width - 8) || fitting(name, width - 8);
  const label =
    shown === '' || height < 14
      ? ''
      : `<text x="${short(left + 4)}" y="${short(top + 12)}">${escapeMarkup(shown)}</text>`;
  const title = `${name}\n${formatBytes(node.bytes)}`;
  return (
    `<g><title>${escapeMarkup(title)}</title><rect class="${node.family ?? 'mixed'}" ` +
    `x="${short(left)}" y="${short(top)}" width="${short(width)}" height="${short(height)}"/>${label}</g>`
  );
}

/** The text, shortened to fit; empty if too little of it would remain. */
function fitting(text: string, width: number): string {
  const characters = Math.floor(width / CHARACTER);
  if (text.length <= characters) return text;
  return characters < 6 ? '' : `${text.slice(0, characters - 1)}…`;
}

const BARS_HEIGHT = 200;
const AXIS = 24;
const MAX_BARS = 240;

/**
 * Bytes by generation, stacked by class, with several generations per bar if there are many. Empty if nothing is
 * traced.
 */
export function generationsPicture({ generations, series, traced }: GenerationChart): string {
  if (!traced || generations.length === 0) return '';
  const first = generations[0]!;
  const last = generations[generations.length - 1]!;
  const step = Math.max(1, Math.ceil((last - first + 1) / MAX_BARS));
  const bars = Math.floor((last - first) / step) + 1;
  const stacks = series.map(() => new Float64Array(bars));
  const sums = new Float64Array(bars);
  for (const [at, { bytes }] of series.entries()) {
    for (const [i, generation] of generations.entries()) {
      const bar = Math.floor((generation - first) / step);
      stacks[at]![bar]! += bytes[i]!;
      sums[bar]! += bytes[i]!;
    }
  }
  const largest = sums.reduce((most, sum) => Math.max(most, sum), 0);
  if (largest === 0) return '';
  const width = WIDTH / bars;
  const marks: string[] = [];
  for (let bar = 0; bar < bars; bar++) {
    let base = BARS_HEIGHT - AXIS;
    for (const [at, { label, family }] of series.entries()) {
      const bytes = stacks[at]![bar]!;
      const height = (bytes / largest) * (BARS_HEIGHT - AXIS - 4);
      if (height < 0.05) continue;
      base -= height;
      const from = first + bar * step;
      const title = `${label ?? 'others'}, generation ${from}${step > 1 ? ` … ${from + step - 1}` : ''}\n${formatBytes(bytes)}`;
      marks.push(
        `<g><title>${escapeMarkup(title)}</title><rect class="${family ?? 'mixed'}" x="${short(bar * width)}" y="${short(base)}" width="${short(Math.max(0.5, width - GAP))}" height="${short(height)}"/></g>`,
      );
    }
  }
  const y = BARS_HEIGHT - 8;
  marks.push(
    `<text x="0" y="${y}">generation ${formatCount(first)}</text>`,
    `<text x="${WIDTH}" y="${y}" text-anchor="end">${formatCount(last)}</text>`,
    `<text x="${WIDTH / 2}" y="${y}" text-anchor="middle">highest bar: ${formatBytes(largest)}</text>`,
  );
  return svg(BARS_HEIGHT, 'Bytes by generation', marks);
}

/** What the colours of both pictures mean. */
export function legend(names: FamilyNames): string {
  const entry = (family: string, name: string) =>
    `<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="${family}" width="10" height="10"/></svg>${escapeMarkup(name)}</li>`;
  const entries = FAMILIES.map(family => entry(family, names[family]));
  return `<ul class="legend">${entries.join('')}${entry('mixed', 'several of these, or others')}</ul>`;
}

function svg(height: number, label: string, elements: readonly string[]): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">${elements.join('')}</svg>`;
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
