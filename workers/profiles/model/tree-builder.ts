import { grown, trimmed } from '../../model/growable.ts';
import type { CallTree, TreeKind } from './call-tree.ts';
import { PairTable } from './pair-table.ts';
import type { Unit } from './units.ts';

/** A weight that a tree will have. */
export interface WeightSpec {
  key: string;
  label: string;
  unit: Unit;
  /** Default: true. */
  additive?: boolean;
}

/** Describes a tree before it has nodes. */
export interface TreeSpec {
  id: string;
  label: string;
  kind: TreeKind;
  weights: readonly WeightSpec[];
}

/** The root of every tree. */
export const ROOT = 0;

/**
 * Builds a call tree. Equal frames and equal paths are interned, so a stack that occurs twice is one path. O(1) per
 * frame of a stack.
 */
export class TreeBuilder {
  readonly #spec: TreeSpec;
  readonly #strings: string[] = [''];
  readonly #stringIds = new Map<string, number>([['', 0]]);
  readonly #places = new PairTable();
  readonly #origins = new PairTable();
  readonly #frames = new PairTable();
  readonly #nodes = new PairTable();
  readonly #self: Float64Array[];
  readonly #remarks = new Map<number, string>();

  constructor(spec: TreeSpec) {
    this.#spec = spec;
    this.#self = spec.weights.map(() => new Float64Array(64));
    this.frame('');
    this.#nodes.idOf(ROOT, 0);
  }

  /** Number of nodes so far, including the root. */
  get nodes(): number {
    return this.#nodes.length;
  }

  #string(text: string): number {
    let id = this.#stringIds.get(text);
    if (id === undefined) {
      id = this.#strings.length;
      this.#strings.push(text);
      this.#stringIds.set(text, id);
    }
    return id;
  }

  /** The id of a frame. `line` starts at 1; 0 = unknown. */
  frame(name: string, file = '', line = 0, library = ''): number {
    const place = this.#places.idOf(this.#string(file), line >>> 0);
    const origin = this.#origins.idOf(this.#string(name), this.#string(library));
    return this.#frames.idOf(origin, place);
  }

  /** The child of a node for a frame. */
  child(parent: number, frame: number): number {
    // Frame 0 is reserved for the root: a frame without any text gets a name, or the root would be its own child.
    return this.#nodes.idOf(parent, frame === 0 ? this.frame('(unnamed)') : frame);
  }

  /** The parent of a node. */
  parentOf(node: number): number {
    return this.#nodes.first[node]!;
  }

  /** The node at the end of a stack, whose frames are ordered from the outermost inwards. */
  stack(frames: readonly number[]): number {
    let node = ROOT;
    for (const frame of frames) node = this.child(node, frame);
    return node;
  }

  /** The node at the end of a stack, whose frames are ordered from the innermost outwards. */
  stackFromInnermost(frames: readonly number[]): number {
    let node = ROOT;
    for (let at = frames.length - 1; at >= 0; at--) node = this.child(node, frames[at]!);
    return node;
  }

  /** Adds to a node's self value of the weight at an index in the spec. */
  add(node: number, weight: number, value: number): void {
    let self = this.#self[weight]!;
    if (node >= self.length) {
      self = grown(self, node + 1);
      this.#self[weight] = self;
    }
    self[node] = self[node]! + value;
  }

  /** A node's self value so far. */
  self(node: number, weight: number): number {
    return this.#self[weight]![node] ?? 0;
  }

  /** Adds a remark from the file about a node. */
  remark(node: number, text: string): void {
    this.#remarks.set(node, text);
  }

  finish(): CallTree {
    const nodes = this.#nodes.length;
    const frames = this.#frames.length;
    const origin = this.#frames.first;
    const place = this.#frames.second;
    const column = (values: (frame: number) => number) =>
      Uint32Array.from({ length: frames }, (_, i) => values(i));
    const { id, label, kind, weights } = this.#spec;
    return {
      id,
      label,
      kind,
      strings: this.#strings,
      frames: {
        name: column(frame => this.#origins.first[origin[frame]!]!),
        library: column(frame => this.#origins.second[origin[frame]!]!),
        file: column(frame => this.#places.first[place[frame]!]!),
        line: column(frame => this.#places.second[place[frame]!]!),
      },
      parent: trimmed(this.#nodes.first, nodes),
      frame: trimmed(this.#nodes.second, nodes),
      remarks: this.#remarks,
      weights: weights.map((weight, index) => {
        const self = this.#self[index]!;
        return {
          key: weight.key,
          label: weight.label,
          unit: weight.unit,
          additive: weight.additive ?? true,
          self: trimmed(self.length < nodes ? grown(self, nodes) : self, nodes),
        };
      }),
    };
  }
}
