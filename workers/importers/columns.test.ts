import { describe, expect, it } from 'vitest';
import { COLUMN_NAMES, COLUMNS, type Domain, isOptional, type TableName } from '../model/column-schema.ts';
import { type HeapColumns, largeSizesOf } from '../model/heap-columns.ts';
import { bytesSource } from '../testing/bytes-source.ts';
import { excerptOfDump } from '../testing/fixture-dumps.ts';
import { toyImporter } from '../testing/toy-format.ts';
import type { Importer } from './importer.ts';
import { rubyImporter } from './ruby/ruby-importer.ts';

const TOY = `TOY HEAP
{"root":"globals", "objects":[1]}
{"type":"shape", "bytes":16, "name":"Point"}
{"type":"cell", "bytes":32, "class":0, "references":[2, 2], "edges":[{"kind":"weak", "name":"label"}], "generation":3}
{"type":"rope", "bytes":56, "length":5, "text":"hello"}
`;
const RUBY = [
  '{"type":"ROOT", "root":"vm", "references":["0x10000", "0x10028"]}',
  '{"address":"0x10000", "type":"CLASS", "class":"0x10000", "name":"User", "references":["0x10028"], "memsize":600}',
  '{"address":"0x10028", "type":"OBJECT", "shape_id":7, "class":"0x10000", "references":["0x10050"], "file":"a.rb", "line":3, "method":"new", "generation":4, "memsize":40}',
  '{"address":"0x10050", "type":"STRING", "class":"0x10000", "value":"text", "bytesize":4, "memsize":5000000000}',
  '{"address":"0x7", "type":"SHAPE", "id":7, "parent_id":0, "edge_name":"@a"}',
].join('\n');

async function columnsOf(importer: Importer, text: string): Promise<HeapColumns> {
  const bytes = new TextEncoder().encode(text);
  const source = bytesSource(bytes);
  const hooks = { onProgress: () => undefined, availableBytes: Number.POSITIVE_INFINITY };
  return (await importer.read(source, { head: bytes, slices: source.slices() }, hooks)).columns;
}

/** One more than the largest entry allowed in a domain; null if any number is allowed. */
function limitOf(domain: Domain, columns: HeapColumns): number | null {
  switch (domain) {
    case 'object':
      return columns.objects;
    case 'reference':
      return columns.referenceCount + 1;
    case 'string':
      return columns.stringOffsets.length - 1;
    case 'descriptor':
      return columns.descriptorType.length;
    case 'site':
      return columns.siteFile.length;
    case 'allocation':
      return columns.allocationSite.length;
    case 'pair':
      return columns.pairDescriptor.length;
    case 'edge':
      return columns.edgeKind.length;
    default:
      return null;
  }
}

describe.each([
  ['toy', toyImporter, TOY],
  ['ruby', rubyImporter, RUBY],
  ['ruby, a sample', rubyImporter, new TextDecoder().decode(excerptOfDump('ruby-4.0'))],
] as const)('columns of %s', (_name, importer, text) => {
  it('have the same number of rows within each table', async () => {
    const columns = await columnsOf(importer, text);
    const rows = new Map<TableName, Set<number>>();
    for (const name of COLUMN_NAMES) {
      if (isOptional(name) && columns[name].length === 0) continue;
      const extra = name === 'firstReference' ? 1 : 0;
      const lengths = rows.get(COLUMNS[name].table) ?? new Set();
      rows.set(COLUMNS[name].table, lengths.add(columns[name].length - extra));
    }
    for (const [table, lengths] of rows) expect(lengths.size, table).toBe(1);
    expect(rows.get('objects')).toEqual(new Set([columns.objects]));
    expect(rows.get('references')).toEqual(new Set([columns.referenceCount]));
  });

  it('have entries within their domains', async () => {
    const columns = await columnsOf(importer, text);
    for (const name of COLUMN_NAMES) {
      const limit = limitOf(COLUMNS[name].domain, columns);
      const { values, length } = columns[name];
      if (limit !== null)
        for (const entry of values.subarray(0, length)) expect(entry, name).toBeLessThan(limit);
    }
  });
});

it('sizes of 4 GiB and more are kept in a table of their own', async () => {
  expect([...largeSizesOf(await columnsOf(rubyImporter, RUBY))]).toEqual([[2, 5_000_000_000]]);
});
