import { describe, expect, it, test } from 'vitest';
import { addressList } from '../../../testing/address-list.ts';
import { fixtureDump, fixtureNames } from '../../../testing/fixture-dumps.ts';
import { fieldsInBlock } from '../record-details.ts';
import { RubyValueFinder } from './value-finder.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function valuesOf(block: Uint8Array, addresses: readonly string[]): (string | null)[] {
  const values: (string | null)[] = [];
  // The range is a part of the piece, between bytes that look like a record.
  const around = encode('{"address":"0x10", "value":"around"}\n');
  const piece = new Uint8Array([...around, ...block, ...around]);
  const to = around.length + block.length;
  new RubyValueFinder().find(piece, around.length, to, addressList(addresses), (at, bytes, start, end) => {
    values[at] = bytes && new TextDecoder().decode(bytes.subarray(start, end));
  });
  return values;
}

describe('the texts of strings in a block', () => {
  it('are found as Ruby writes them, and as other programs do', () => {
    const ruby = '{"address":"0x10", "type":"STRING", "bytesize":3, "value":"a\\"b", "encoding":"UTF-8"}\n';
    const spaced = '{ "type": "STRING", "value": "c\\\\", "address": "0x18" }\n';
    const upper = '{"address":"0X20", "value":"d"}\n{"address":"0x2A", "value":"e"}\n';
    const none =
      '{"address":"0x30", "type":"STRING", "file":"say \\"value\\":\\"x\\"", "flags":{"old":true}}\n';
    const block = encode([ruby, spaced, upper, none, '{"address":"0x38", "value":"f"}\n'].join(''));
    expect(valuesOf(block, ['0x10', '0x18', '0x20', '0x2a', '0x30', '0x38', '0x40'])).toEqual([
      'a\\"b',
      'c\\\\',
      'd',
      'e',
      null,
      'f',
      null,
    ]);
  });

  it('belong to the first of two records with the same address', () => {
    const block = encode('{"address":"0x10", "value":"a"}\n{"address":"0x10", "value":"b"}\n');
    expect(valuesOf(block, ['0x10'])).toEqual(['a']);
    expect(new TextDecoder().decode(fieldsInBlock(block, ['value']).get('0x10')?.get('value'))).toBe('a');
  });

  test.each(fixtureNames())('of %s are those of the slow reader', name => {
    const block = fixtureDump(name).subarray(0, 400_000);
    const slow = new Map(
      [...fieldsInBlock(block, ['value'])].flatMap(([address, fields]) => {
        const value = fields.get('value');
        return value === undefined ? [] : [[address, value] as const];
      }),
    );
    const addresses = [...slow.keys()];
    expect(addresses.length).toBeGreaterThan(0);
    expect(valuesOf(block, addresses)).toEqual(addresses.map(at => new TextDecoder().decode(slow.get(at))));
  });
});
