import { emptyReport } from '../importers/import-report.ts';
import type { Importer } from '../importers/importer.ts';
import { valuesOf } from '../model/growable.ts';
import { classRowOf } from '../model/heap-snapshot.ts';
import { Trait, type TypeWords } from '../protocol/vocabulary.ts';
import { columnsOf } from './columns-of.ts';

type Line = [type: string, more: { class?: number; name?: string; text?: string; age?: number }, ...number[]];

const PLAIN: TypeWords = { family: 'object', title: 'none', traits: 0 };
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/**
 * A format that has nothing in common with Ruby's, to hold everything past the importer to the vocabulary. A line is
 * an object, or a root, as a JSON array; objects refer to each other by the number of their line among the objects.
 * An object takes 16 bytes, and 8 for each reference and for each character.
 *
 * ```
 * TOY HEAP
 * ["root:globals", {}, 1]
 * ["shape", {"name": "Point"}]
 * ["cell", {"class": 0, "age": 3}, 2]
 * ["rope", {"text": "hello"}]
 * ```
 */
export const toyImporter: Importer = {
  id: 'toy',
  vocabulary: {
    format: 'Toy heap',
    runtime: 'Toy',
    types: [
      ['shape', { family: 'class', title: 'name', traits: Trait.classLike | Trait.class }],
      ['rope', { family: 'text', title: 'length-in-brackets', traits: Trait.text }],
      ['probe', { family: 'internal', title: 'none', traits: Trait.overhead }],
    ],
    otherTypes: PLAIN,
    kinds: [],
    internalPrefix: '',
    topLevelClass: null,
    generalClasses: [],
    hasSingletonClasses: false,
    heapPages: null,
    roots: [{ name: 'globals', text: 'what the program named.', doubtful: false }],
    groupingKeys: ['class', 'type', 'generation'],
    flags: ['unreachable', 'overhead'],
  },
  sniff: piece => piece.startsWith('TOY HEAP\n'),
  async read(_source, { slices }) {
    const pieces: string[] = [];
    for await (const slice of slices) pieces.push(textOf(slice));
    const text = pieces.join('');
    const lines = [...text.matchAll(/^\[.*$/gm)].map(match => ({
      offset: match.index,
      line: JSON.parse(match[0]) as Line,
    }));
    const isRoot = ({ line: [type] }: { line: Line }) => type.startsWith('root:');
    const objects = lines
      .filter(each => !isRoot(each))
      .map(({ offset, line: [type, { class: classObject, name, age, text }, ...references] }) => ({
        type,
        class: classObject,
        name,
        bytes: 16 + 8 * (references.length + (text?.length ?? 0)),
        references,
        length: text?.length,
        generation: age,
        site: age === undefined ? undefined : { file: 'main.toy', line: age },
        offset,
      }));
    const roots = lines
      .filter(isRoot)
      .map(({ line: [type, , ...listed] }) => ({ name: type.slice(5), objects: listed }));
    return {
      columns: columnsOf(objects, roots),
      report: { ...emptyReport(), records: lines.length },
      runtimeVersion: '7',
      platform: null,
      hasRoots: roots.length > 0,
      internalReferences: true,
      textBytes: text.length,
    };
  },
  labelDescriptors(columns, strings, { objectAt, missing }) {
    const classTable = { object: valuesOf(columns.classObjects) };
    const classObjects = new Int32Array(columns.descriptorType.length);
    const labels = Array.from(classObjects, (_, id) => {
      const key = columns.descriptorClass.values[id]!;
      classObjects[id] = key === 0 ? -1 : objectAt(key);
      if (key === 0) return strings.text(columns.descriptorType.values[id]!);
      const row = classRowOf(classTable, classObjects[id]!);
      return row < 0 ? missing : strings.text(columns.classNames.values[row]!);
    });
    return { classObjects, labels };
  },
  details(block) {
    const raw = textOf(block).split('\n')[0]!;
    const [type, { text = null, ...more }] = JSON.parse(raw) as Line;
    const fields = Object.entries({ type, ...more }).map(([name, value]) => ({ name, value: String(value) }));
    const place = { offsetInBlock: 0, rawBytes: raw.length };
    return { ...place, raw, fields, text, textTruncated: false, references: [], shapeId: null };
  },
  // None of its types are strings of which there are copies.
  values: () => undefined,
  unescaped: textOf,
  extras: () => undefined,
  objectIds: {
    addressOf: () => null,
    isInRecords: () => false,
    scan: () => ({ push: () => undefined, finish: () => undefined }),
  },
  rehearsal: objects => new TextEncoder().encode(`TOY HEAP\n${'["cell", {}, 0]\n'.repeat(objects)}`),
};
