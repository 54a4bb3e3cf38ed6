import type { GroupingKey, ObjectSetSpec } from '../../../protocol/object-set.ts';
import type { Overview } from '../../../protocol/overview.ts';
import type { ObjectRow } from '../../../protocol/rows.ts';
import type { SnapshotInfo } from '../../../protocol/snapshot-info.ts';
import type { TreeNode } from '../../../protocol/tree-node.ts';
import type { HeapSession } from '../../../service/heap-session.ts';
import type { Failures } from '../failure.ts';
import type { Random } from '../random.ts';

const ALL: ObjectSetSpec = { kind: 'all' };
const KEYS: readonly GroupingKey[] = ['class', 'type', 'gem', 'file', 'site', 'method', 'generation'];
const KEYS_A_CASE = 3;
/** More rows than any case has, so that none is left out. */
const EVERY_ROW = 1000;

interface Sum {
  objects: number;
  shallowBytes: number;
}

/** Asks an open heap the questions of the page, and checks that all answers add up to the same totals. */
export class TotalsCheck {
  readonly #session: HeapSession;
  readonly #info: SnapshotInfo;
  readonly #failures: Failures;
  readonly #total: Sum;

  constructor(session: HeapSession, info: SnapshotInfo, failures: Failures) {
    this.#session = session;
    this.#info = info;
    this.#failures = failures;
    this.#total = { objects: info.objects, shallowBytes: info.shallowBytes };
  }

  /** Runs the checks, and returns the overview of the whole heap for further ones. */
  async run(random: Random): Promise<Overview> {
    const overview = await this.#overview();
    await this.#report(overview);
    // All keys would take half of the time of a case; over all cases, each key is tested hundreds of times.
    for (const key of random.sample(KEYS, KEYS_A_CASE)) {
      await this.#groups(key);
      await this.#generations(key);
    }
    const keys = random.sample(KEYS, 2);
    const snapshot = this.#info.id;
    const cut = { snapshot, set: ALL, maxNodes: random.between(4, 60), minShare: random.pick([0, 0, 0.01]) };
    this.#tree('group tree', await this.#session.ask('groupTree', { overhead: true, ...cut, keys }));
    this.#tree('dominator tree', await this.#session.ask('dominatorTree', { ...cut, root: { kind: 'all' } }));
    const merged = { ...cut, path: [], overhead: true };
    this.#tree('merged tree', await this.#session.ask('mergedTree', merged));
    await this.#rootTrees(overview, random);
    await this.#sets(random);
    return overview;
  }

  #sum(what: string, rows: readonly Sum[], total: Sum = this.#total): void {
    for (const row of rows) {
      const sound = [row.objects, row.shallowBytes].every(count => Number.isSafeInteger(count) && count >= 0);
      if (!sound)
        this.#failures.add('totals', `${what}: ${row.objects} objects of ${row.shallowBytes} bytes`);
    }
    this.#failures.equal('totals', `sum of ${what}`, sumOf(rows), total);
  }

  async #overview(): Promise<Overview> {
    const overview = await this.#session.ask('overview', { snapshot: this.#info.id, set: ALL, top: 100 });
    const { objects, shallowBytes, reachable, unreachable, roots, types } = overview;
    this.#failures.equal('totals', 'overview', { objects, shallowBytes }, this.#total);
    this.#sum('types', types);
    this.#sum('reachable and unreachable', [reachable, unreachable]);
    const retained = roots.reduce((sum, root) => sum + root.retainedBytes, 0);
    // What several roots reach on separate paths belongs to none of them.
    if (!(retained <= reachable.shallowBytes)) {
      this.#failures.add('totals', `roots retain ${retained} of ${reachable.shallowBytes} reachable bytes`);
    }
    if (objects > 0 && unreachable.objects === objects && !this.#info.hasRoots) {
      this.#failures.add('totals', 'a dump without roots has no reachable object');
    }
    return overview;
  }

  async #report(overview: Overview): Promise<void> {
    const report = await this.#session.ask('report', { snapshot: this.#info.id, top: EVERY_ROW });
    this.#sum('types of the report', report.types);
    this.#sum('classes of the report', report.classes);
    this.#sum('generations of the report', report.generations);
    this.#failures.equal('totals', 'reachable of the report', report.reachable, overview.reachable);
    this.#failures.equal('totals', 'unreachable of the report', report.unreachable, overview.unreachable);
    this.#failures.equal(
      'totals',
      'top retained of the report',
      report.topRetained.length,
      overview.reachable.objects,
    );
    const dominated = new Set(['ROOT', ...report.roots.map(({ name }) => name)]);
    const outermost = report.topRetained.filter(({ dominator }) => dominated.has(dominator));
    const retained = outermost.reduce((sum, { retainedBytes }) => sum + retainedBytes, 0);
    this.#failures.equal('totals', 'retained below the roots', retained, overview.reachable.shallowBytes);
  }

  async #groups(key: GroupingKey): Promise<void> {
    const query = { snapshot: this.#info.id, set: ALL, key, offset: 0, limit: EVERY_ROW } as const;
    const { rows, total } = await this.#session.ask('groups', {
      ...query,
      sort: 'retainedBytes',
      descending: true,
    });
    this.#failures.equal('totals', `groups by ${key}`, rows.length, total);
    this.#sum(`groups by ${key}`, rows);
    for (const row of rows) {
      const { shallowBytes } = this.#total;
      if (!(row.retainedBytes >= row.shallowBytes && row.retainedBytes <= shallowBytes)) {
        this.#failures.add(
          'totals',
          `${key} ${row.label} retains ${row.retainedBytes} of ${shallowBytes} bytes`,
        );
      }
    }
  }

  async #generations(key: GroupingKey): Promise<void> {
    const query = { snapshot: this.#info.id, set: ALL, key } as const;
    const chart = await this.#session.ask('generations', { ...query, measure: 'bytes' });
    const columns = chart.series.flatMap(one =>
      Array.from(one.objects, (objects, at) => ({ objects, shallowBytes: one.bytes[at]! })),
    );
    this.#sum(`generations by ${key}`, [...columns, ...chart.series.map(({ untraced }) => untraced)]);
    if (
      chart.generations.some(
        (generation, at) => generation < 0 || generation <= (chart.generations[at - 1] ?? -1),
      )
    ) {
      this.#failures.add('totals', `generations by ${key} are not in order: ${chart.generations.join(' ')}`);
    }
  }

  /** Checks that children add up to their parents. */
  #tree(what: string, nodes: readonly TreeNode[], total: Sum = this.#total): void {
    const first = nodes[0];
    if (first === undefined) {
      this.#failures.add('totals', `${what} has no node`);
      return;
    }
    this.#failures.equal('totals', what, first.bytes, total.shallowBytes);
    this.#failures.equal('totals', `objects of ${what}`, first.objects, total.objects);
    const sums = new Map<number, number>();
    for (const { parent, bytes } of nodes.slice(1)) sums.set(parent, (sums.get(parent) ?? 0) + bytes);
    for (const [parent, sum] of sums) {
      this.#failures.equal('totals', `children of node ${parent} of the ${what}`, sum, nodes[parent]?.bytes);
    }
  }

  async #rootTrees({ roots, unreachable }: Overview, random: Random): Promise<void> {
    const query = { snapshot: this.#info.id, set: ALL, maxNodes: 10, minShare: 0 };
    for (const { name, retainedBytes } of random.sample(roots, 2)) {
      const [first] = await this.#session.ask('dominatorTree', { ...query, root: { kind: 'root', name } });
      this.#failures.equal('totals', `tree of the root ${name}`, first?.bytes, retainedBytes);
    }
    const rest = await this.#session.ask('dominatorTree', { ...query, root: { kind: 'unreachable' } });
    this.#tree('unreachable tree', rest, unreachable);
  }

  async #sets(random: Random): Promise<void> {
    const set = random.pick<ObjectSetSpec>([
      { kind: 'reachability', reachable: true },
      { kind: 'untraced' },
      { kind: 'text', text: random.pick(['a', 'string', '0x']) },
      { kind: 'generations', from: 0, to: random.below(60) },
    ]);
    const sizes = await this.#session.ask('setSizes', {
      snapshot: this.#info.id,
      sets: [set, { kind: 'not', set }],
    });
    this.#sum(`${set.kind} and all others`, sizes);
  }

  /** The rows of all objects. */
  async rows(): Promise<ObjectRow[]> {
    const query = { snapshot: this.#info.id, set: ALL, offset: 0, limit: EVERY_ROW } as const;
    const { rows, total } = await this.#session.ask('objects', {
      ...query,
      sort: 'retainedBytes',
      descending: true,
    });
    this.#failures.equal(
      'totals',
      'rows of objects',
      [rows.length, total],
      [this.#total.objects, this.#total.objects],
    );
    this.#sum(
      'rows of objects',
      rows.map(({ shallowBytes }) => ({ objects: 1, shallowBytes })),
    );
    return rows;
  }
}

function sumOf(rows: readonly Sum[]): Sum {
  return {
    objects: rows.reduce((sum, row) => sum + row.objects, 0),
    shallowBytes: rows.reduce((sum, row) => sum + row.shallowBytes, 0),
  };
}
