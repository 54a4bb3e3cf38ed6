import type { AddressText } from '../protocol/units.ts';

/** A drawn heap: the text of the dump, and the addresses of the drawn objects. */
export interface DrawnHeap {
  /** Ruby's JSON lines, in the order of the drawing. */
  text: string;
  /** The same as bytes, as in a file. */
  bytes: Uint8Array;
  /** Address of an object by its drawn name. Throws for a name that is not in the drawing. */
  address(name: string): AddressText;
  /** Position of an object among the objects of the dump, from 0. Throws for an unknown name. */
  index(name: string): number;
}

/** Address of the first drawn object, and the distance between objects. */
export const FIRST_ADDRESS = 0x10000;
export const SLOT_BYTES = 40;

/**
 * Turns a small drawn heap into the text of a Ruby heap dump, for tests.
 *
 * One line draws one record; `#` begins a comment, and blank lines are ignored.
 *
 * ```
 * vm => App list            a root: its name, `=>`, the objects it lists
 * App CLASS 600             an object: its name, its type (OBJECT if left out), its memsize (40 if left out)
 * list ARRAY -> a b b       its references, as often as they occur
 * a class=App gen=3 at=app/a.rb:12 method=new -> list 0xdead
 * ```
 *
 * - A reference is the name of a drawn object, or an address (`0xdead`) that dangles.
 * - `class=NAME` and `superclass=NAME` refer to drawn objects or are addresses, `gen=N` is the generation,
 *   `at=FILE:LINE` the allocation site, `memsize=` leaves the memsize out.
 * - Any other `key=value` goes into the record as it is: as a number, `true`, `false` where it reads as one
 *   (`length=3 singleton=true`), as JSON where it begins with a brace (`flags={"old":true}`), else as a string
 *   (`imemo_type=constcache struct=proc`). No spaces in values.
 * - CLASS and MODULE are named like the object, unless `name=Other::Name`, or `name=` for an anonymous one.
 * - Nothing is added that was not drawn: an object without `class=` has no class.
 */
export function heapFromText(drawing: string): DrawnHeap {
  const lines = drawing
    .split('\n')
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(line => line !== '');
  const names = lines.filter(line => !line.includes('=>')).map(line => firstWord(line));
  const addresses = new Map<string, AddressText>();
  for (const [index, name] of names.entries()) {
    if (addresses.has(name)) throw new Error(`heapFromText: "${name}" is drawn twice`);
    addresses.set(name, `0x${(FIRST_ADDRESS + index * SLOT_BYTES).toString(16)}`);
  }
  const address = (name: string): AddressText => {
    const found = name.startsWith('0x') ? name : addresses.get(name);
    if (found === undefined) throw new Error(`heapFromText: "${name}" is not in the drawing`);
    return found;
  };
  const records = lines.map(line =>
    line.includes('=>') ? rootRecord(line, address) : record(line, address),
  );
  const text = records.map(fields => `${recordText(fields)}\n`).join('');
  return {
    text,
    bytes: new TextEncoder().encode(text),
    address,
    index(name) {
      const index = names.indexOf(name);
      if (index < 0) throw new Error(`heapFromText: "${name}" is not in the drawing`);
      return index;
    },
  };
}

type Field = [key: string, value: string | number | boolean | object];

function rootRecord(line: string, address: (name: string) => AddressText): Field[] {
  const [name = '', targets = ''] = line.split('=>');
  return [
    ['type', 'ROOT'],
    ['root', name.trim()],
    ['references', words(targets).map(address)],
  ];
}

function record(line: string, address: (name: string) => AddressText): Field[] {
  const [head = '', targets = ''] = line.split('->');
  const [name = '', ...rest] = words(head);
  const type = rest.find(word => /^[A-Z]+$/.test(word)) ?? 'OBJECT';
  const given = new Map(
    rest.filter(word => word.includes('=')).map(word => splitAt(word, word.indexOf('='))),
  );
  const shallow = given.get('memsize') ?? rest.find(word => /^\d+$/.test(word)) ?? String(SLOT_BYTES);
  const fields: Field[] = [
    ['address', address(name)],
    ['type', type],
  ];
  const classOf = given.get('class');
  if (classOf !== undefined) fields.push(['class', address(classOf)]);
  if (type === 'CLASS' || type === 'MODULE') {
    const ownName = given.get('name') ?? name;
    if (ownName !== '') fields.push(['name', ownName]);
  }
  for (const [key, value] of given) {
    if (key === 'superclass') fields.push([key, address(value)]);
    else if (!['class', 'name', 'gen', 'at', 'method', 'memsize'].includes(key))
      fields.push([key, literal(value)]);
  }
  const references = words(targets).map(address);
  if (references.length > 0) fields.push(['references', references]);
  const site = given.get('at');
  if (site !== undefined) {
    const [file, lineNumber] = splitAt(site, site.lastIndexOf(':'));
    fields.push(['file', file], ['line', Number(lineNumber)]);
  }
  const method = given.get('method');
  if (method !== undefined) fields.push(['method', method]);
  const generation = given.get('gen');
  if (generation !== undefined) fields.push(['generation', Number(generation)]);
  if (shallow !== '') fields.push(['memsize', Number(shallow)]);
  return fields;
}

/** Ruby's own spacing: `"key":value`, joined by a comma and a space. */
function recordText(fields: Field[]): string {
  const texts = fields.map(([key, value]) => {
    const text = Array.isArray(value)
      ? `[${value.map(item => JSON.stringify(item)).join(', ')}]`
      : JSON.stringify(value);
    return `${JSON.stringify(key)}:${text}`;
  });
  return `{${texts.join(', ')}}`;
}

function literal(value: string): string | number | boolean | object {
  if (value === 'true' || value === 'false') return value === 'true';
  if (value.startsWith('{')) return JSON.parse(value);
  return /^-?\d+$/.test(value) ? Number(value) : value;
}

/** The parts of a text before and after a position; all of it and nothing where that is -1. */
export function splitAt(text: string, at: number): [string, string] {
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** The words of a text. */
export function words(text: string): string[] {
  return text.split(/\s+/).filter(word => word !== '');
}

function firstWord(line: string): string {
  return words(line)[0] ?? '';
}
