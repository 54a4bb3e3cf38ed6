import type { AnyTerm, Family, Figure, Filter, Nothing, Pattern } from '../protocol/filter/filter.ts';
import type { FlagName } from '../protocol/filter/terms.ts';
import { oracleReachable } from './oracle-graph.ts';
import type { OracleDump, OracleObject } from './oracle-ruby-dump.ts';

/**
 * The objects that a filter finds, evaluated one by one as the filter language is defined: the oracle of
 * `compileFilter`. Regular expressions are JavaScript's.
 */
export function oracleFilter(dump: OracleDump, filter: Filter): boolean[] {
  const { objects } = dump;
  switch (filter.kind) {
    case 'everything':
      return objects.map(() => true);
    case 'and': {
      const parts = filter.parts.map(part => oracleFilter(dump, part));
      return objects.map((_, at) => parts.every(part => part[at]));
    }
    case 'or': {
      const parts = filter.parts.map(part => oracleFilter(dump, part));
      return objects.map((_, at) => parts.some(part => part[at]));
    }
    case 'not':
      return oracleFilter(dump, filter.part).map(found => !found);
    case 'address':
      return objects.map(object => object.address === filter.address);
    case 'words':
      return objects.map(object => textsOf(dump, object).some(text => matches(text, filter.pattern)));
    case 'term':
      return term(dump, filter);
  }
}

function term(dump: OracleDump, node: AnyTerm): boolean[] {
  const { objects } = dump;
  switch (node.name) {
    case 'class':
      return node.value.kind === 'family'
        ? family(dump, node.value)
        : named(objects, node.value, object => object.label);
    case 'type': {
      const { value } = node;
      const typed = value.kind === 'text' ? { ...value, text: value.text.toUpperCase() } : value;
      return named(objects, typed, object => object.type);
    }
    // The files of random heaps have relative paths, which belong to the application.
    case 'origin':
    case 'gem':
      return named(objects, node.value, object => (object.file ? 'application' : null));
    case 'directory':
      return named(objects, node.value, ({ file }) =>
        file ? file.slice(0, Math.max(0, file.lastIndexOf('/'))) || '.' : null,
      );
    case 'file':
      return named(objects, node.value, object => object.file || null);
    case 'site':
      return named(objects, node.value, siteOf);
    case 'method':
      return named(objects, node.value, object => (object.file && object.method) || null);
    case 'gen':
      return node.value.kind === 'nothing'
        ? objects.map(object => object.generation === null)
        : figures(objects, node.value, object => object.generation);
    case 'age': {
      const newest = Math.max(...objects.map(object => object.generation ?? -1));
      return figures(objects, node.value, ({ generation }) =>
        generation === null ? null : newest - generation,
      );
    }
    case 'size':
      return figures(objects, node.value, object => object.shallowBytes);
    case 'retained':
      return figures(objects, node.value, object => object.retainedBytes);
    case 'length':
      return figures(objects, node.value, object => object.length);
    case 'refs':
      return figures(objects, node.value, object => new Set(object.edges.map(edge => edge.target)).size);
    case 'referrers':
      return figures(objects, node.value, of => {
        const index = objects.indexOf(of);
        return objects.filter(object => object.edges.some(edge => edge.target === index)).length;
      });
    case 'is':
      return objects.map(object => hasFlag(dump, object, node.value));
    case 'in': {
      const members = oracleFilter(dump, node.value);
      return objects.map(object => dominators(dump, object).some(above => members[objects.indexOf(above)]));
    }
    case 'holds': {
      const members = oracleFilter(dump, node.value);
      return objects.map(object => object.edges.some(edge => members[edge.target]));
    }
    case 'heldby': {
      const members = oracleFilter(dump, node.value);
      const held = new Set(
        objects.filter((_, at) => members[at]).flatMap(object => object.edges.map(e => e.target)),
      );
      return objects.map((_, at) => held.has(at));
    }
    case 'copies': {
      const members = oracleFilter(dump, node.value);
      const isText = ({ type, value }: OracleObject) => type === 'STRING' && value !== null;
      return objects.map(object => {
        const copies = objects.filter(other => isText(other) && other.value === object.value);
        const isAsked = copies.some(copy => members[objects.indexOf(copy)]);
        return isText(object) && copies.length > 1 && isAsked;
      });
    }
    case 'value': {
      const { value } = node;
      return objects.map(object => object.value !== null && matches(object.value, value));
    }
    case 'encoding':
      return named(objects, node.value, ({ fields }) => fields.encoding ?? null);
    case 'shape':
      return named(objects, node.value, ({ fields }) => fields.shape_id?.toString() ?? null);
    case 'slot':
      return figures(objects, node.value, ({ slotBytes }) => slotBytes);
    case 'root':
      return heldOnlyBy(dump, node.value);
    case 'id':
      // The dumps here are of Ruby versions in which an id is half of the address.
      return objects.map(object => BigInt(object.address) === BigInt(node.value) * 2n);
  }
}

function matches(text: string, pattern: Pattern): boolean {
  if (pattern.kind === 'regexp') return new RegExp(pattern.source, pattern.ignoreCase ? 'i' : '').test(text);
  return text.toLowerCase().includes(pattern.text.toLowerCase());
}

/** A name that some object has matches it exactly; any other text matches names that contain it. */
function meant(
  names: readonly (string | null)[],
  value: Pattern | Nothing,
): (name: string | null) => boolean {
  if (value.kind === 'nothing') return name => name === null;
  if (value.kind === 'text' && names.includes(value.text)) return name => name === value.text;
  return name => name !== null && matches(name, value);
}

function named(
  objects: readonly OracleObject[],
  value: Pattern | Nothing,
  nameOf: (object: OracleObject) => string | null,
): boolean[] {
  const names = objects.map(nameOf);
  return names.map(meant(names, value));
}

function figures(
  objects: readonly OracleObject[],
  figure: Figure,
  figureOf: (object: OracleObject) => number | null,
): boolean[] {
  return objects.map(object => {
    const value = figureOf(object);
    if (value === null) return false;
    if (figure.kind === 'range') {
      return (figure.from === null || value >= figure.from) && (figure.to === null || value <= figure.to);
    }
    const { amount } = figure;
    return {
      '<': value < amount,
      '<=': value <= amount,
      '=': value === amount,
      '!=': value !== amount,
      '>=': value >= amount,
      '>': value > amount,
    }[figure.operator];
  });
}

function siteOf(object: OracleObject): string | null {
  return object.file ? `${object.file}:${object.line ?? 0}` : null;
}

function textsOf(dump: OracleDump, object: OracleObject): string[] {
  const { struct, imemo_type: imemoType } = object.fields;
  const method = object.file ? object.method : null;
  const texts = [object.label, siteOf(object), method, struct, imemoType, classNameOf(dump, object)];
  return texts.filter(text => text !== null && text !== undefined);
}

/** The name of a class or module; for a singleton class, the class it belongs to. */
function classNameOf({ objects }: OracleDump, object: OracleObject): string | null {
  if (!['CLASS', 'MODULE', 'ICLASS'].includes(object.type)) return null;
  if (object.fields.name !== undefined) return object.fields.name;
  if (object.fields.singleton !== true) return null;
  const attached = objects.find(
    other => other.classAddress === object.address && other.fields.name !== undefined,
  );
  return attached === undefined ? null : `#<Class:${attached.fields.name}>`;
}

/** The object itself and its dominators. */
function dominators({ objects }: OracleDump, object: OracleObject): OracleObject[] {
  const chain: OracleObject[] = [];
  let above: OracleObject | undefined = object;
  while (above !== undefined) {
    chain.push(above);
    const { dominator }: OracleObject = above;
    above = objects.find(other => other.address === dominator);
  }
  return chain;
}

function hasFlag(dump: OracleDump, object: OracleObject, flag: FlagName): boolean {
  const { fields } = object;
  const { flags = {} } = fields;
  const isOld = flags.old === true || flags.long_lived === true || flags.age === 3;
  switch (flag) {
    case 'reachable':
      return object.reachable;
    case 'unreachable':
      return !object.reachable;
    case 'root':
      return dump.roots.some(root => root.references.includes(object.address));
    case 'traced':
      return object.generation !== null;
    case 'untraced':
      return object.generation === null;
    case 'old':
      return isOld;
    case 'young':
      return !isOld;
    case 'pinned':
    case 'shareable':
      return flags[flag] === true;
    case 'frozen':
    case 'shared':
    case 'embedded':
    case 'fstring':
    case 'singleton':
    case 'broken':
      return fields[flag] === true;
    case 'overhead':
      return object.type === 'DATA' && fields.struct === 'ObjectTracing/allocation_info_tracer';
    case 'new':
    case 'survived':
    case 'freed':
    case 'retained':
    case 'matched-by-address':
      throw new Error(`is:${flag} takes several dumps, and this is one`);
  }
}

/** What a single kind of root reaches alone, for all kinds that match. */
function heldOnlyBy({ objects, roots }: OracleDump, value: Pattern): boolean[] {
  const edges = objects.map(object =>
    object.edges.filter(edge => edge.kind !== 'cache').map(edge => edge.target),
  );
  const indexOf = new Map(objects.map((object, at) => [object.address, at]));
  const reached = roots.map(root =>
    oracleReachable(
      edges,
      root.references.flatMap(address => indexOf.get(address) ?? []),
    ),
  );
  const isMeant = meant(
    roots.map(root => root.name),
    value,
  );
  return objects.map((_, at) => {
    const by = roots.filter((_root, kind) => reached[kind]![at]);
    return by.length === 1 && isMeant(by[0]!.name);
  });
}

/** Objects whose class, or an ancestor of it, has this name. */
function family(dump: OracleDump, { name }: Family): boolean[] {
  const find = (address: string | null | undefined) =>
    address ? dump.objects.find(object => object.address === address) : undefined;
  const isNamed = (object: OracleObject | undefined) =>
    object !== undefined && object.type !== 'ICLASS' && object.fields.name === name;
  const inherits = (start: OracleObject | undefined): boolean => {
    const seen = new Set<OracleObject>();
    let at = start;
    while (at !== undefined && !seen.has(at)) {
      if (!['CLASS', 'MODULE', 'ICLASS'].includes(at.type)) return false;
      if (isNamed(at) || (at.type === 'ICLASS' && isNamed(find(at.classAddress)))) return true;
      seen.add(at);
      at = find(at.fields.superclass);
    }
    return false;
  };
  return dump.objects.map(
    object => object.label === name || (object.type !== 'IMEMO' && inherits(find(object.classAddress))),
  );
}
