import type { TreeBuilder } from './tree-builder.ts';

/** A line whose children may still come. */
interface Level {
  indent: number;
  node: number;
  values: readonly number[];
  inChildren: number[];
}

/**
 * Takes trees that are printed with the children of a line indented below it, and whose numbers hold those of the
 * children: what children do not explain is the line's own. Numbers that are rounded or measured may be larger in
 * children than in their parent, which then has nothing of its own. O(1) a line.
 */
export class IndentedTree {
  readonly #builder: TreeBuilder;
  readonly #path: Level[] = [];

  constructor(builder: TreeBuilder) {
    this.#builder = builder;
  }

  /** Ends the lines that a line of this indentation is not below; returns the node that it is below, or null. */
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
