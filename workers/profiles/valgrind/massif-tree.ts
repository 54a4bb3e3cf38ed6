import type { SnapshotsBuilder } from '../model/snapshots.ts';
import type { TreeBuilder } from '../model/tree-builder.ts';
import type { DamageLog } from '../reading/damage-log.ts';
import { addressedFrame } from './frame-text.ts';

/** A line on the path from the tree's root: its frame, its bytes, and those of its children so far. */
interface Level {
  frame: number;
  bytes: number;
  inChildren: number;
}

/** `n2: 5000 0x109170: leak (t.c:3)`, indented by one space per level. */
const TREE_LINE = /^( *)n\d+: (\d+) (.*)$/;

/**
 * Turns massif's trees, whose root is the allocation and whose children are callers, into stacks from the outermost
 * function inwards. O(1) per line, plus its stack.
 */
export class MassifTree {
  readonly #builder: TreeBuilder;
  readonly #snapshots: SnapshotsBuilder;
  readonly #damage: DamageLog;
  readonly #frames = new Map<string, number>();
  /** From the root of the tree to the last line read. */
  readonly #path: Level[] = [];

  constructor(builder: TreeBuilder, snapshots: SnapshotsBuilder, damage: DamageLog) {
    this.#builder = builder;
    this.#snapshots = snapshots;
    this.#damage = damage;
  }

  /** Begins the tree of a snapshot, which is a row of the timeline. */
  begin(row: number): void {
    this.#snapshots.begin(row);
  }

  /** Reads a line; returns false if it is not part of a tree. */
  line(line: string, number: number): boolean {
    const match = TREE_LINE.exec(line);
    if (match === null) return false;
    const depth = match[1]!.length;
    if (depth > this.#path.length) {
      this.#damage.add(number, line, 'indented deeper than a child of the line before');
      return true;
    }
    this.#close(depth);
    const bytes = Number(match[2]);
    const parent = this.#path.at(-1);
    if (parent !== undefined) parent.inChildren += bytes;
    this.#path.push({ frame: depth === 0 ? 0 : this.#frame(match[3]!), bytes, inChildren: 0 });
    return true;
  }

  /** Ends the tree. */
  end(): void {
    this.#close(0);
  }

  /** Closes levels from the deepest up to `depth`: what the children do not account for becomes a stack. */
  #close(depth: number): void {
    while (this.#path.length > depth) {
      const level = this.#path.at(-1)!;
      const own = level.bytes - level.inChildren;
      if (own !== 0) {
        const frames = this.#path.slice(1).map(each => each.frame);
        this.#snapshots.add(this.#builder.stackFromInnermost(frames), own);
      }
      this.#path.pop();
    }
  }

  #frame(text: string): number {
    let frame = this.#frames.get(text);
    if (frame === undefined) {
      const { name, file, line, library } = addressedFrame(text);
      const bucket = /^in \d+ places?, (all )?below massif's threshold/.test(text);
      frame = bucket
        ? this.#builder.frame('(places below the threshold)')
        : this.#builder.frame(name, file, line, library);
      this.#frames.set(text, frame);
    }
    return frame;
  }
}
