import { type OracleDump, type OracleObject, readOracleDump } from './oracle-ruby-dump.ts';

/** A number of objects, and their bytes. */
export interface Amount {
  objects: number;
  bytes: number;
}

const INTERNAL = ['IMEMO', 'ZOMBIE', 'NODE'];
const CLASS_LIKE = ['CLASS', 'MODULE', 'ICLASS'];

/** Whether a record is a class, a module, or the proxy of a module. */
export const isClassLike = ({ type }: OracleObject): boolean => CLASS_LIKE.includes(type);
/** Whether a record is loaded code, or internal data that the interpreter creates for it. */
export const isCode = (object: OracleObject): boolean =>
  INTERNAL.includes(object.type) || isClassLike(object);
/** Whether a record is the allocation tracer's own table (numbers.md#measurement-overhead). */
export const isTracer = ({ type, fields }: OracleObject): boolean =>
  type === 'DATA' && fields.struct === 'ObjectTracing/allocation_info_tracer';
/** Whether an object was traced: its record says where or when it was allocated. */
export const isTraced = ({ file, generation }: OracleObject): boolean => file !== null || generation !== null;

/** Count and shallow bytes of objects. */
export function amountOf(objects: readonly OracleObject[]): Amount {
  return {
    objects: objects.length,
    bytes: objects.reduce((total, { shallowBytes }) => total + shallowBytes, 0),
  };
}

/** Groups by a key, in the order in which keys first occur. Items with the key null are in no group. */
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
 * A dump with its dominator tree as maps and lists, read by the oracle. The twins of the kinds of findings are based on
 * this, and share no code with the kinds.
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

  /** Bytes of the heap without the tracer's table, of which shares are computed. */
  get heapBytes(): number {
    return amountOf(this.objects.filter(object => !isTracer(object))).bytes;
  }

  at(address: string | null | undefined): OracleObject | null {
    return this.#byAddress.get(address ?? '') ?? null;
  }

  /** The object that immediately dominates another; null if that is a root, or nothing. */
  holderOf({ dominator }: OracleObject): OracleObject | null {
    return this.at(dominator);
  }

  /** All objects that dominate another, the immediate one first. */
  above(object: OracleObject): OracleObject[] {
    const found: OracleObject[] = [];
    for (let at = this.holderOf(object); at !== null; at = this.holderOf(at)) found.push(at);
    return found;
  }

  /** The objects that an object, or the kind of root with this name, immediately dominates. */
  children(of: OracleObject | string): OracleObject[] {
    return this.#children.get(typeof of === 'string' ? of : of.address) ?? [];
  }

  /** Objects and everything they dominate, each once. Unreachable objects dominate nothing, and are left out. */
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

  /** The objects that a group retains (numbers.md#retained-size-of-a-group). */
  retained(objects: readonly OracleObject[]): Amount {
    return amountOf([...this.kept(objects)]);
  }
}
