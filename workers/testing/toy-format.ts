import { classNameLabels } from '../importers/class-name-labels.ts';
import { emptyReport } from '../importers/import-report.ts';
import { type Importer, plainRecord } from '../importers/importer.ts';
import { Trait, USUAL_EDGES, USUAL_FAMILIES } from '../protocol/vocabulary.ts';
import { columnsOf } from './columns-of.ts';
import { wholeText } from './whole-text.ts';

interface More {
  class?: number;
  name?: string;
  text?: string;
  age?: number;
  /** Kind and name of each reference. */
  edges?: [kind: string, name: string][];
}
type Line = [type: string, more: More, ...references: number[]];

/**
 * A format that has nothing in common with Ruby's: a test that everything past the importer knows only the vocabulary. A
 * line is an object, or a root, as a JSON array; objects refer to each other by the number of their line among the
 * objects. An object takes 16 bytes, and 8 for each reference and for each character.
 *
 * ```
 * TOY HEAP
 * ["root:globals", {}, 1]
 * ["shape", {"name": "Point"}]
 * ["cell", {"class": 0, "age": 3, "edges": [["weak", "label"]]}, 2]
 * ["rope", {"text": "hello"}]
 * ```
 */
export const toyImporter: Importer = {
  id: 'toy',
  vocabulary: {
    format: 'Toy heap',
    runtime: 'Toy',
    families: { ...USUAL_FAMILIES, text: 'Ropes' },
    types: [
      ['shape', { family: 'class', title: 'name', traits: Trait.classLike | Trait.class }],
      ['rope', { family: 'text', title: 'length-in-brackets', traits: Trait.text }],
      ['probe', { family: 'internal', title: 'none', traits: Trait.overhead }],
    ],
    otherTypes: { family: 'object', title: 'none', traits: 0 },
    kinds: [],
    internalPrefix: '',
    topLevelClass: null,
    generalClasses: [],
    hasSingletonClasses: false,
    heapPages: null,
    roots: [{ name: 'globals', text: 'what the program named.', doubtful: false }],
    ...USUAL_EDGES,
    edges: [...USUAL_EDGES.edges, { kind: 'weak', noun: 'weak', phrase: 'points weakly to' }],
    groupingKeys: ['class', 'type', 'generation'],
    flags: ['unreachable', 'overhead'],
  },
  sniff: piece => piece.startsWith('TOY HEAP\n'),
  async read(_source, opened) {
    const text = await wholeText(opened);
    const lines = [...text.matchAll(/^\[.*$/gm)].map(({ index, 0: line }) => objectOf(line, index));
    const isRoot = ({ type }: { type: string }) => type.startsWith('root:');
    const roots = lines.filter(isRoot).map(line => ({ name: line.type.slice(5), objects: line.references }));
    return {
      columns: columnsOf(
        lines.filter(line => !isRoot(line)),
        roots,
      ),
      report: { ...emptyReport(), records: lines.length },
      runtimeVersion: '7',
      platform: null,
      hasRoots: roots.length > 0,
      internalReferences: true,
      textBytes: text.length,
    };
  },
  labelDescriptors: classNameLabels,
  details(block) {
    const raw = new TextDecoder().decode(block).split('\n')[0]!;
    const [type, { text = null, ...more }] = JSON.parse(raw) as Line;
    const fields = Object.entries({ type, ...more }).map(([name, value]) => ({ name, value: String(value) }));
    return plainRecord(raw, { fields, text });
  },
};

function objectOf(line: string, offset: number) {
  const [type, { class: classObject, name, text, age, edges }, ...references] = JSON.parse(line) as Line;
  return {
    type,
    class: classObject,
    name,
    bytes: 16 + 8 * (references.length + (text?.length ?? 0)),
    references,
    edges: edges?.map(edge => ({ kind: edge[0], name: edge[1] })),
    length: text?.length,
    generation: age,
    site: age === undefined ? undefined : { file: 'main.toy', line: age },
    offset,
  };
}
