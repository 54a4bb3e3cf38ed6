import { anonymousClasses } from '../../analysis/findings/anonymous-classes.ts';
import { growingClasses } from '../../analysis/findings/growing-classes.ts';
import { loadedCode } from '../../analysis/findings/loaded-code.ts';
import { repeatedClass } from '../../analysis/findings/repeated-class.ts';
import { shapeOrders } from '../../analysis/findings/shape-orders.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { gemOfFile } from '../../protocol/origin.ts';
import type { OracleObject } from '../oracle-ruby-dump.ts';
import { amountOf, groupsOf, isClassLike, isCode, type OracleTree } from '../oracle-tree.ts';
import type { Twin, TwinFinding, Twins } from './twin-findings.ts';

const isNameless = ({ fields }: OracleObject) => fields.singleton === true || !fields.name;
/** Up to Ruby 3.0 records have no superclass, and nameless and singleton classes cannot be told apart. */
const hasSuperclasses = ({ objects }: OracleTree) =>
  objects.some(({ fields }) => fields.superclass !== undefined);

/** Name of the first superclass that has one and is not a singleton class. */
function ancestor(tree: OracleTree, object: OracleObject): string {
  const seen = new Set<OracleObject>();
  let at = tree.at(object.fields.superclass);
  while (at !== null && !seen.has(at)) {
    if (at.type !== 'ICLASS' && !isNameless(at)) return at.fields.name!;
    seen.add(at);
    at = tree.at(at.fields.superclass);
  }
  return '';
}

/** The objects whose singleton class this is. */
const instancesOf = ({ objects }: OracleTree, { address }: OracleObject) =>
  objects.filter(({ type, classAddress }) => type !== 'IMEMO' && classAddress === address);

/** Reachable classes without a name, and reachable singleton classes of objects other than classes and modules. */
function madeAtRunTime(tree: OracleTree): OracleObject[] {
  if (!hasSuperclasses(tree)) return [];
  return tree.objects.filter(object => {
    if (object.type !== 'CLASS' || !object.reachable || !isNameless(object)) return false;
    if (object.fields.singleton !== true) return true;
    const instances = instancesOf(tree, object);
    return instances.length > 0 && !instances.some(isClassLike);
  });
}

const anonymous: Twin = tree => {
  const all = madeAtRunTime(tree);
  if (all.length === 0) return [];
  const isSingleton = ({ fields }: OracleObject) => fields.singleton === true;
  const groups = groupsOf(all, object => `${isSingleton(object)} ${ancestor(tree, object)}`).size;
  const { bytes } = tree.retained(all);
  const shown = all.map(({ address }) => address);
  return [{ id: 'anonymous-classes', objects: all.length, bytes, figures: { groups }, shown }];
};

/** All classes of a name except the newest, and the same for modules. */
const repeated: Twin = tree => {
  if (!hasSuperclasses(tree)) return [];
  const named = tree.objects.filter(
    object => (object.type === 'CLASS' || object.type === 'MODULE') && !isNameless(object),
  );
  const several = [...groupsOf(named, ({ type, fields }) => `${type} ${fields.name}`).values()].filter(
    ({ length }) => length > 1,
  );
  const older = several.flatMap(classes => {
    const generations = classes.map(({ generation }) => generation ?? -1);
    const newest = generations.lastIndexOf(Math.max(...generations));
    return classes.filter((_, at) => at !== newest);
  });
  const figures = { names: several.length, older: older.length };
  return several.length === 0
    ? []
    : [{ id: 'repeated-classes', objects: older.length, bytes: tree.retained(older).bytes, figures }];
};

/** Groups of at least five classes created at run time, spread over at least two effective generations. */
const growing: Twin = tree => {
  const generations = tree.objects.flatMap(({ generation }) => generation ?? []);
  const middle = (Math.min(...generations) + Math.max(...generations)) / 2;
  const traced = madeAtRunTime(tree).filter(({ file, generation }) => file !== null || generation !== null);
  const titleOf = (object: OracleObject) => {
    if (object.fields.singleton === true) return `#<Class:#<${instancesOf(tree, object)[0]!.label}>>`;
    const superclass = ancestor(tree, object);
    return superclass === '' ? null : `(subclass of ${superclass})`;
  };
  return [...groupsOf(traced, titleOf)].flatMap(([title, all]): TwinFinding[] => {
    if (all.length < 5) return [];
    const dated = all.filter(({ generation }) => generation !== null);
    const bytesOf = (some: readonly OracleObject[]) =>
      some.reduce((sum, { retainedBytes }) => sum + retainedBytes, 0);
    const bytes = bytesOf(dated);
    const byGeneration = new Map(
      [...groupsOf(dated, ({ generation }) => generation)].map(([generation, some]) => [
        generation!,
        bytesOf(some),
      ]),
    );
    const shares = [...byGeneration.values()].map(part => part / bytes);
    const effective = 2 ** -shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
    const recent = bytesOf(dated.filter(({ generation }) => generation! > middle)) / bytes;
    if (bytes === 0 || effective < 2) return [];
    return [
      {
        id: `growing-classes ${title}`,
        objects: all.length,
        bytes,
        figures: { effectiveGenerations: effective, recent },
        byGeneration,
      },
    ];
  });
};

const gemOf = (file: string | null) => (file === null || file === '' ? null : gemOfFile(file, ''));

/** Internal objects belong to the gem of the code that dominates them, all other code to the gem of its site. */
function gemOfCode(tree: OracleTree, object: OracleObject): string | null {
  const holder = tree.holderOf(object);
  const above = !isClassLike(object) && holder !== null && isCode(holder) ? gemOfCode(tree, holder) : null;
  return above ?? gemOf(object.file);
}

/** The five classes with the most bytes among these objects. */
function partsOf(objects: readonly OracleObject[]): string {
  return [...groupsOf(objects, ({ label }) => label)]
    .map(([label, own]) => ({ label, bytes: amountOf(own).bytes }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || (a.label < b.label ? -1 : 1))
    .slice(0, 5)
    .map(({ label, bytes }) => `${label} ${formatBytes(bytes)}`)
    .join(', ');
}

/** All code, and reachable code by gem. */
const code: Twin = tree => {
  const all = tree.objects.filter(isCode);
  const amount = amountOf(all);
  const share = amount.bytes / tree.heapBytes;
  if (amount.bytes === 0 || share < 0.01) return [];
  const gems = groupsOf(
    all.filter(({ reachable }) => reachable),
    object => gemOfCode(tree, object) ?? 'untraced',
  );
  const rows = [...gems].map(([label, own]) => ({
    label,
    ...amountOf(own),
    detail: `${partsOf(own)}; its code alone keeps ${formatBytes(tree.retained(own).bytes)}`,
  }));
  return [{ id: 'loaded-code', ...amount, figures: { share }, rows }];
};

interface Shape {
  id: number;
  parent_id?: number;
  edge_name?: string;
}

/** Sets of variables that chains of shapes add in several orders. Only whole chains are compared. */
const ordersOfShapes: Twin = ({ bytes }) => {
  const shapes = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .filter(line => line.includes('"type":"SHAPE"'))
    .map(line => JSON.parse(line) as Shape);
  const chainOf = ({ parent_id, edge_name }: Shape): string[] => {
    const parent = shapes.find(({ id }) => id === parent_id);
    return [
      ...(parent === undefined ? [] : chainOf(parent)),
      ...(edge_name === undefined ? [] : [edge_name]),
    ];
  };
  const chains = shapes
    .filter(({ edge_name }) => edge_name !== undefined)
    .filter(({ id }) => !shapes.some(other => other.parent_id === id && other.edge_name !== undefined))
    .map(chainOf);
  const sets = groupsOf(chains, names => [...names].sort().join());
  const several = [...sets.values()].filter(orders => new Set(orders.map(String)).size > 1);
  const figures = { shapes: shapes.length, sets: several.length };
  return several.length === 0 ? [] : [{ id: 'shape-orders', objects: 0, bytes: 0, figures }];
};

/** Kinds of findings about classes, shapes and loaded code, with their twins. */
export const CODE_TWINS: Twins = [
  [anonymousClasses, anonymous],
  [repeatedClass, repeated],
  [growingClasses, growing],
  [loadedCode, code],
  [shapeOrders, ordersOfShapes],
];
