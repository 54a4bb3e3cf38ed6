import { describe, expect, it } from 'vitest';
import { rubyObjectIds } from './object-ids.ts';

/** Records as Ruby 4.0 writes them, and as a program that sorts keys writes them. */
const TEXT = `{"type":"ROOT", "root":"vm", "references":["0x7f2a40000300"]}
{"address":"0x7f2a40000008", "type":"STRING", "value":"{\\"address\\":\\"0x1\\", \\"object_id\\":24}", "flags":{"age":3}}
{"address":"0x7f2a40000300", "type":"OBJECT", "references":["0x7f2a40000008", "0x7f2a40000350"], "memsize":40, "flags":{"wb_protected":true, "age":3, "object_id":80}}
{"address": "0x7f2a40000350", "flags": {"object_id": 9007199254740993}, "type": "OBJECT"}
{"address":"0x7f2a40000378", "type":"OBJECT", "flags":{"object_id":"88"}}
`;

function idsIn(text: string, pieceBytes: number): [bigint, bigint][] {
  const found: [bigint, bigint][] = [];
  const scan = rubyObjectIds.scan((address, id) => found.push([address, id]));
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) scan.push(bytes.subarray(at, at + pieceBytes));
  scan.finish();
  return found;
}

describe('object ids of Ruby', () => {
  it('are found in records, whatever the pieces of the text', () => {
    for (let pieceBytes = 1; pieceBytes <= TEXT.length; pieceBytes++) {
      expect(idsIn(TEXT, pieceBytes), `${pieceBytes}`).toEqual([
        [0x7f2a40000300n, 80n],
        [0x7f2a40000350n, 9007199254740993n],
      ]);
    }
  });

  it('stand for addresses up to Ruby 2.6', () => {
    expect(rubyObjectIds.addressOf(69912354816204n, '2.5', 64)).toBe(0x7f2b7a260198n);
    expect(rubyObjectIds.addressOf(-613566748n, '2.3 – 2.4', 32)).toBe(0xb6db6dc8n);
    for (const version of ['2.7', '3.1', '4.0']) expect(rubyObjectIds.addressOf(80n, version, 64)).toBeNull();
  });

  it('are searched for only in versions whose records can have them', () => {
    const asked = ['2.7', '3.1', '3.2', '3.3 – 3.4', '3.4', '3.2 – 3.4', '3.2 – 4.1', '4.0', '4.1-dev'];
    expect(asked.filter(version => rubyObjectIds.isInRecords(version))).toEqual([
      '3.2 – 3.4',
      '3.2 – 4.1',
      '4.0',
      '4.1-dev',
    ]);
  });
});
