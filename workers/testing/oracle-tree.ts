import { type OracleDump, type OracleObject, readOracleDump } from './oracle-ruby-dump.ts';

/** How many objects, and their bytes. */
export interface Amount {
  objects: number;
  bytes: number;
}

const INTERNAL = ['IMEMO', 'ZOMBIE', 'NODE'];
const CLASS_LIKE = ['CLASS', 'MODULE', 'ICLASS'];

/** Whether a record is of a class, a module or what stands for one. */
export const isClassLike = ({ type }: OracleObject): boolean => CLASS_LIKE.includes(type);
/** Whether a record is of loaded code, or of what the interpreter makes of it. */
export const isCode = (object: OracleObject): boolean =>
  INTERNAL.includes(object.type) || isClassLike(object);
/** Whether a record is of the allocation tracer's own table (numbers.md#measurement-overhead). */
export const isTracer = ({ type, fields }: OracleObject): boolean =>
  type === 'DATA' && fields.struct === 'ObjectTracing/allocation_info_tracer';
/** Whether a record was traced: it tells where or when the object was allocated. */
export const isTraced = ({ file, generation }: OracleObject): boolean => file !== null || generation !== null;

/** Objects and their own bytes. */
export function amountOf(objects: readonly OracleObject[]): Amount {
  return {
    objects: objects.length,
    bytes: objects.reduce((total, { shallowBytes }) => total + shallowBytes, 0),
  };
}

/** Groups by a key, in the order in which keys are first met; null = in no group. */
export function groupsOf<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key | null,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/**
 * A dump with its dominator tree as maps and lists, read by the oracle: what kinds of findings are compared with is
 * written on top of this, and shares no code with them.
 */
export class OracleTree {
  /** The text that was read. */
  readonly bytes: Uint8Array;
  readonly dump: OracleDump;
  readonly objects: readonly OracleObject[];
  readonly #byAddress: Map<string, OracleObject>;
  readonly #children: Map<string, OracleObject[]>;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.dump = readOracleDump(bytes);
    this.objects = this.dump.objects;
    this.#byAddress = new Map(this.objects.map(object => [object.address, object]));
    this.#children = groupsOf(this.objects, ({ dominator }) => dominator);
  }

  /** Bytes of the heap without the tracer's table: what shares are of. */
  get heapBytes(): number {
    return amountOf(this.objects.filter(object => !isTracer(object))).bytes;
  }

  at(address: string | null | undefined): OracleObject | null {
    return this.#byAddress.get(address ?? '') ?? null;
  }

  /** The object that immediately dominates another; null where that is a root, or nothing. */
  holderOf({ dominator }: OracleObject): OracleObject | null {
    return this.at(dominator);
  }

  /** All objects that dominate another, the immediate one first. */
  above(object: OracleObject): OracleObject[] {
    const found: OracleObject[] = [];
    for (let at = this.holderOf(object); at !== null; at = this.holderOf(at)) found.push(at);
    return found;
  }

  /** What an object, or the root of a name, immediately dominates. */
  children(of: OracleObject | string): OracleObject[] {
    return this.#children.get(typeof of === 'string' ? of : of.address) ?? [];
  }

  /** Objects and all that they dominate, each once. What no root reaches dominates nothing, and is left out. */
  kept(objects: readonly OracleObject[]): Set<OracleObject> {
    const all = new Set<OracleObject>();
    const waiting = objects.filter(({ reachable }) => reachable);
    while (waiting.length > 0) {
      const object = waiting.pop()!;
      if (all.has(object)) continue;
      all.add(object);
      waiting.push(...this.children(object));
    }
    return all;
  }

  /** What objects retain together (numbers.md#retained-size-of-a-group). */
  retained(objects: readonly OracleObject[]): Amount {
    return amountOf([...this.kept(objects)]);
  }
}
