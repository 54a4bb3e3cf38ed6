import type { TreeBuilder } from './tree-builder.ts';

/** A line whose children may still follow. */
interface Level {
  indent: number;
  node: number;
  values: readonly number[];
  inChildren: number[];
}

/**
 * Reads trees that are printed as indented lines whose numbers include those of their children: what the children do
 * not account for is the line's self value. Rounded or measured numbers may be larger in the children than in their
 * parent, which then has a self value of 0. O(1) per line.
 */
export class IndentedTree {
  readonly #builder: TreeBuilder;
  readonly #path: Level[] = [];

  constructor(builder: TreeBuilder) {
    this.#builder = builder;
  }

  /** Closes the lines that cannot be ancestors of a line with this indentation; returns the parent node, or null. */
  parentAt(indent: number): number | null {
    while (this.#path.length > 0 && this.#path.at(-1)!.indent >= indent) this.#close(this.#path.pop()!);
    return this.#path.at(-1)?.node ?? null;
  }

  /** Adds a line below the one that {@link parentAt} found, with a value for each weight. */
  add(indent: number, node: number, values: readonly number[]): void {
    const parent = this.#path.at(-1);
    for (const [at, value] of values.entries()) if (parent !== undefined) parent.inChildren[at]! += value;
    this.#path.push({ indent, node, values, inChildren: values.map(() => 0) });
  }

  /** Ends the tree. */
  end(): void {
    this.parentAt(-1);
  }

  #close({ node, values, inChildren }: Level): void {
    for (const [at, value] of values.entries())
      this.#builder.add(node, at, Math.max(0, value - inChildren[at]!));
  }
}
