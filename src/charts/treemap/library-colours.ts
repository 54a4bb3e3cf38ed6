import type { TypeFamily } from '../../theme/families.ts';
import type { Palette } from '../../theme/palette.ts';
import { pathTo, type TreemapTree } from './summarise.ts';

/** Colours by library: the largest have one each, all others share one. */
export interface LibraryColouring {
  by: 'library';
  /** Those with a colour of their own, the largest first. */
  libraries: readonly string[];
  /** By position of the tree: which of `libraries`; -1 = another, or none. */
  libraryOf: Int8Array;
}

/** Colours that serve as merely different ones. Greys are left for what belongs to none. */
const FAMILIES: readonly TypeFamily[] = ['object', 'text', 'map', 'list', 'class', 'data', 'number'];

/**
 * Finds the largest libraries of a tree by what they have themselves. A node without one belongs to what it is in at
 * the outermost level: a gem, where files are grouped by gems. O(n × depth).
 */
export function libraryColouring(tree: TreemapTree): LibraryColouring {
  return colouringWith(tree, largestLibraries(tree));
}

/** Colours of two trees that stand together: a library has one colour in both. O(n × depth). */
export function sharedColouring(
  first: TreemapTree,
  second: TreemapTree,
): [LibraryColouring, LibraryColouring] {
  const all = new Set([...largestLibraries(first), ...largestLibraries(second)]);
  const libraries = [...all].slice(0, FAMILIES.length);
  return [colouringWith(first, libraries), colouringWith(second, libraries)];
}

function colouringWith(tree: TreemapTree, libraries: readonly string[]): LibraryColouring {
  const libraryOf = Int8Array.from(libraryNames(tree), name => libraries.indexOf(name));
  return { by: 'library', libraries, libraryOf };
}

/** By position; '' = none. */
function libraryNames(tree: TreemapTree): string[] {
  const { nodes } = tree;
  const hasLibraries = nodes.some(node => node.library !== undefined);
  return nodes.map((node, position) => {
    if (hasLibraries) return node.library ?? '';
    const outermost = pathTo(tree, position)[1];
    return outermost === undefined ? '' : nodes[outermost]!.label;
  });
}

function largestLibraries(tree: TreemapTree): string[] {
  const { nodes, parent } = tree;
  const own = Float64Array.from(nodes, node => node.bytes);
  for (const [position, above] of parent.entries()) if (above >= 0) own[above]! -= nodes[position]!.bytes;
  const names = libraryNames(tree);
  const sizes = new Map<string, number>();
  for (const [position, name] of names.entries()) {
    if (name !== '' && nodes[position]!.kind === 'group') {
      sizes.set(name, (sizes.get(name) ?? 0) + Math.max(0, own[position]!));
    }
  }
  return [...sizes.keys()].sort((a, b) => sizes.get(b)! - sizes.get(a)!).slice(0, FAMILIES.length);
}

/** The colour of a position. */
export function libraryColour(palette: Palette, { libraryOf }: LibraryColouring, position: number): string {
  return palette.family[libraryFamily(libraryOf[position] ?? -1)];
}

/** The colour of a library, as the theme names it. */
export function libraryFamily(library: number): TypeFamily {
  return FAMILIES[library] ?? 'mixed';
}
