import { emptyReport } from '../importers/import-report.ts';
import { type Importer, plainRecord } from '../importers/importer.ts';
import { rubyImporter } from '../importers/ruby/ruby-importer.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { columnsOf, type PlainObject } from './columns-of.ts';
import { FIRST_ADDRESS, SLOT_BYTES, splitAt, words } from './heap-from-text.ts';
import { wholeText } from './whole-text.ts';

/** Flags that a drawing can set with `NAME=true`. */
const FLAGS = {
  frozen: ObjectFlag.frozen,
  embedded: ObjectFlag.embedded,
  shared: ObjectFlag.shared,
  fstring: ObjectFlag.fstring,
  singleton: ObjectFlag.singleton,
  broken: ObjectFlag.broken,
} as const;

/** A line of a drawing, with its position in the text. */
interface Line {
  text: string;
  offset: number;
}

/**
 * Drawings (see `heapFromText`) as a format of their own. Their objects go directly into columns, so that tests do not
 * depend on how Ruby's records are read. Types, labels and titles are Ruby's.
 */
export const drawnImporter: Importer = {
  ...rubyImporter,
  id: 'drawing',
  sniff: () => true,
  async read(_source, opened) {
    const text = await wholeText(opened);
    const lines = [...text.matchAll(/^.*$/gm)]
      .map(match => ({ text: match[0].replace(/(^|\s)#.*$/, '').trim(), offset: match.index }))
      .filter(line => line.text !== '');
    const drawn = lines.filter(line => !line.text.includes('=>'));
    const indexes = new Map(drawn.map((line, index) => [words(line.text)[0]!, index]));
    // The index of a missing object is beyond the last one: references to it dangle.
    const indexOf = (name: string) => indexes.get(name) ?? drawn.length;
    const roots = lines
      .filter(line => line.text.includes('=>'))
      .map(line => line.text.split('=>'))
      .map(([root = '', targets = '']) => ({ root: root.trim(), objects: words(targets).map(indexOf) }));
    return {
      columns: columnsOf(
        drawn.map(line => objectOf(line, indexOf)),
        roots,
        { first: FIRST_ADDRESS, step: SLOT_BYTES },
      ),
      report: { ...emptyReport(), records: lines.length },
      runtimeVersion: 'drawn',
      platform: null,
      hasRoots: roots.length > 0,
      internalReferences: true,
      textBytes: text.length,
    };
  },
  details: block => plainRecord(new TextDecoder().decode(block).split('\n')[0]!),
};

function objectOf({ text, offset }: Line, indexOf: (name: string) => number): PlainObject {
  const [head = '', targets = ''] = text.split('->');
  const [name = '', ...rest] = words(head);
  const type = rest.find(word => /^[A-Z]+$/.test(word)) ?? 'OBJECT';
  const given = new Map(
    rest.filter(word => word.includes('=')).map(word => splitAt(word, word.indexOf('='))),
  );
  const number = (key: string) => (given.has(key) ? Number(given.get(key)) : undefined);
  const object = (key: string) => (given.has(key) ? indexOf(given.get(key)!) : undefined);
  const isNamed = type === 'CLASS' || type === 'MODULE';
  const [file, line] = splitAt(given.get('at') ?? '', (given.get('at') ?? '').lastIndexOf(':'));
  return {
    type,
    kind: given.get('struct') ?? given.get('imemo_type'),
    bytes: Number(given.get('memsize') ?? rest.find(word => /^\d+$/.test(word)) ?? SLOT_BYTES),
    class: object('class'),
    name: isNamed || type === 'ICLASS' ? (given.get('name') ?? (isNamed ? name : '')) : undefined,
    superclass: object('superclass'),
    references: words(targets).map(indexOf),
    length: number('length') ?? number('size'),
    generation: number('gen'),
    site: file === '' ? undefined : { file, line: Number(line), method: given.get('method') },
    flags: Object.entries(FLAGS).reduce(
      (all, [flag, bit]) => (given.get(flag) === 'true' ? all | bit : all),
      0,
    ),
    offset,
  };
}
