import { classNameLabels } from '../importers/class-name-labels.ts';
import { emptyReport } from '../importers/import-report.ts';
import { type Importer, plainRecord } from '../importers/importer.ts';
import { Trait, USUAL_WORDS } from '../protocol/vocabulary.ts';
import { columnsOf, type PlainObject, type PlainRoot } from './columns-of.ts';
import { wholeText } from './whole-text.ts';

/**
 * A format that has nothing in common with Ruby's, to test that everything after the importer only uses the vocabulary.
 * Each line is an object or a root, as JSON of {@link PlainObject} and {@link PlainRoot}; objects refer to each other
 * by their positions among the objects.
 *
 * ```
 * TOY HEAP
 * {"root":"globals", "objects":[1]}
 * {"type":"shape", "bytes":16, "name":"Point"}
 * {"type":"cell", "bytes":24, "class":0, "references":[2], "edges":[{"kind":"weak", "name":"label"}]}
 * {"type":"rope", "bytes":56, "length":5, "text":"hello"}
 * ```
 */
export const toyImporter: Importer = {
  id: 'toy',
  vocabulary: {
    ...USUAL_WORDS,
    format: 'Toy heap',
    runtime: 'Toy',
    families: { ...USUAL_WORDS.families, text: 'Ropes' },
    types: [
      ['shape', { family: 'class', title: 'name', traits: Trait.classLike | Trait.class }],
      ['rope', { family: 'text', title: 'length-in-brackets', traits: Trait.text }],
      ['probe', { family: 'internal', title: 'none', traits: Trait.overhead }],
    ],
    roots: [{ name: 'globals', text: 'what the program named.', doubtful: false }],
    edges: [...USUAL_WORDS.edges, { kind: 'weak', noun: 'weak', phrase: 'points weakly to' }],
  },
  sniff: piece => piece.startsWith('TOY HEAP\n'),
  async read(_source, opened) {
    const text = await wholeText(opened);
    const lines = [...text.matchAll(/^\{.*$/gm)];
    const records = lines.map(({ 0: line, index }) => ({ ...JSON.parse(line), offset: index }));
    const roots: PlainRoot[] = records.filter(record => 'root' in record);
    const objects: PlainObject[] = records.filter(record => !('root' in record));
    const report = { ...emptyReport(), records: records.length };
    const rest = { runtimeVersion: '7', platform: null, internalReferences: true, textBytes: text.length };
    return { columns: columnsOf(objects, roots), report, hasRoots: roots.length > 0, ...rest };
  },
  labelDescriptors: classNameLabels,
  details(block) {
    const raw = new TextDecoder().decode(block).split('\n')[0]!;
    const { text = null, ...more } = JSON.parse(raw) as { text?: string };
    const fields = Object.entries(more).map(([name, value]) => ({ name, value: JSON.stringify(value) }));
    return plainRecord(raw, { fields, text });
  },
};
