import { closures } from '../../analysis/findings/closures.ts';
import { complexShapes } from '../../analysis/findings/complex-shapes.ts';
import { doubtfulRoot } from '../../analysis/findings/doubtful-root.ts';
import { keptByThreads } from '../../analysis/findings/kept-by-threads.ts';
import { specialObjects } from '../../analysis/findings/special-objects.ts';
import type { OracleObject } from '../oracle-ruby-dump.ts';
import { amountOf, groupsOf, type OracleTree } from '../oracle-tree.ts';
import { isOfInstances } from './owner.ts';
import type { Twin, Twins } from './twin-findings.ts';

const CODE = ['iseq', 'ment', 'cref', 'constcache', 'callcache', 'callinfo'];

const isStruct =
  (...names: string[]) =>
  ({ type, fields }: OracleObject) =>
    type === 'DATA' && names.includes(fields.struct ?? '');

/** The reachable objects of a kind that no other object of that kind dominates. */
function outermost(tree: OracleTree, isWanted: (object: OracleObject) => boolean): OracleObject[] {
  return tree.objects.filter(
    object => object.reachable && isWanted(object) && !tree.above(object).some(isWanted),
  );
}

const addressesOf = (objects: readonly OracleObject[]) => objects.map(({ address }) => address);

/** Objects that blocks captured as self and that nothing else holds, unless their class is a general one. */
function selvesOf(tree: OracleTree, blocks: readonly OracleObject[]): OracleObject[] {
  return blocks.flatMap(block => {
    const parts = [...new Set(block.references)].flatMap(address => tree.at(address) ?? []);
    const isOf = (kinds: readonly string[]) => (part: OracleObject) =>
      part.type === 'IMEMO' && kinds.includes(part.fields.imemo_type ?? '');
    const others = parts.filter(part => part !== block && !isOf(['env', ...CODE])(part));
    const [self] = others;
    const isCertain = parts.some(isOf(CODE)) && others.length === 1;
    return isCertain && isOfInstances(self!) && tree.holderOf(self!) === block ? self! : [];
  });
}

/** Closures that no other closure dominates, by allocation site. */
const bySite: Twin = tree =>
  [
    ...groupsOf(outermost(tree, isStruct('proc')), ({ file, line }) =>
      file === null ? '' : `${file}:${line ?? 0}`,
    ),
  ]
    .map(([site, all]) => ({
      id: `closures ${site}`,
      ...tree.retained(all),
      figures: { closures: all.length, capturedSelves: selvesOf(tree, all).length },
      shown: addressesOf(all),
    }))
    .filter(({ bytes }) => bytes > 0);

/** The objects that threads and fibers retain, without the threads and fibers. */
const byThreads: Twin = tree => {
  const threads = outermost(tree, isStruct('VM/thread', 'fiber'));
  const { objects, bytes } = amountOf([...tree.kept(threads)].filter(object => !threads.includes(object)));
  return bytes === 0
    ? []
    : [
        {
          id: 'kept-by-threads',
          objects,
          bytes,
          figures: { threads: threads.length },
          shown: addressesOf(threads),
        },
      ];
};

/** The objects that only the conservative root holds. */
const byAccident: Twin = tree => {
  const held = tree.children('machine_context');
  const amount = tree.retained(held);
  return amount.bytes === 0
    ? []
    : [
        {
          id: 'conservative-root machine_context',
          ...amount,
          figures: { held: held.length },
          shown: addressesOf(held),
        },
      ];
};

/** Unusual objects. An object of several categories counts once in the sums. */
const special: Twin = ({ objects, dump }) => {
  const listed = dump.roots.filter(({ name }) => name === 'finalizers').flatMap(root => root.references);
  const odd: Record<string, OracleObject[]> = {
    Zombies: objects.filter(({ type }) => type === 'ZOMBIE'),
    Finalizers: objects.filter(({ address }) => listed.includes(address)),
    'Broken strings': objects.filter(({ fields }) => fields.broken === true),
    'Weak maps': objects.filter(isStruct('weakmap', 'weakkeymap')),
  };
  const ractors = objects.filter(isStruct('ractor'));
  const normal: Record<string, OracleObject[]> = {
    // Every program has the main ractor.
    Ractors: ractors.length > 1 ? ractors : [],
    'Shareable objects': objects.filter(({ fields }) => fields.flags?.shareable === true),
  };
  const groups = Object.entries({ ...odd, ...normal }).filter(([, all]) => all.length > 0);
  if (groups.length === 0) return [];
  return [
    {
      id: 'special-objects',
      ...amountOf([...new Set(Object.values(odd).flat())]),
      figures: Object.fromEntries(groups.map(([label, all]) => [label, all.length])),
    },
  ];
};

const tooComplex: Twin = ({ objects }) => {
  const all = objects.filter(({ fields }) => fields.too_complex_shape === true);
  const classes = groupsOf(all, ({ label }) => label).size;
  return all.length === 0
    ? []
    : [{ id: 'complex-shapes', ...amountOf(all), figures: { classes }, shown: addressesOf(all) }];
};

/** Kinds of findings about closures, threads and roots, and about unusual objects, with their twins. */
export const KEPT_TWINS: Twins = [
  [closures, bySite, 10],
  [keptByThreads, byThreads],
  [doubtfulRoot, byAccident],
  [specialObjects, special],
  [complexShapes, tooComplex],
];
