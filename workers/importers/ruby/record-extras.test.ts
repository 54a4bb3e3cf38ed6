import { describe, expect, it, test } from 'vitest';
import { addressList } from '../../testing/address-list.ts';
import { fixtureDump, fixtureNames } from '../../testing/fixture-dumps.ts';
import { readOracleDump } from '../../testing/oracle-ruby-dump.ts';
import { recordExtras } from './record-extras.ts';

function extrasOf(block: Uint8Array, addresses: readonly string[]): Record<string, string>[] {
  const all = addresses.map((): Record<string, string> => ({}));
  recordExtras()(block, addressList(addresses), (at, key, value) => {
    all[at]![key] = value;
  });
  return all;
}

describe('encoding, slot size and shape', () => {
  it('are found as Ruby writes them, and as other programs do', () => {
    const block = new TextEncoder().encode(
      [
        '{"address":"0x10", "type":"STRING", "slot_size":40, "value":"\\"slot_size\\":80", "encoding":"UTF-8", "flags":{"old":true}}',
        '{ "type": "OBJECT", "shape_id": 12, "address": "0x18" }',
        '{"address":"0x20", "type":"ARRAY", "references":["0x10"], "file":"x", "slot_size":9}',
        '{"address":"0X28", "slot_size":160}',
        '{"address":"0x30", "type":"HASH", "shape_id":3, "slot_size":80, "memsize":80}',
      ].join('\n'),
    );
    expect(extrasOf(block, ['0x10', '0x18', '0x20', '0x28', '0x30', '0x38'])).toEqual([
      { slot: '40', encoding: 'UTF-8' },
      { shape: '12' },
      { slot: '9' },
      { slot: '160' },
      { shape: '3', slot: '80' },
      {},
    ]);
  });

  test.each(fixtureNames())('of %s are those of the oracle', name => {
    const block = fixtureDump(name);
    const { objects } = readOracleDump(block);
    const found = extrasOf(
      block,
      objects.map(object => object.address),
    );
    const expected = objects.map(({ fields }) => ({
      ...(fields.encoding === undefined ? {} : { encoding: fields.encoding }),
      ...(fields.slot_size === undefined ? {} : { slot: String(fields.slot_size) }),
      ...(fields.shape_id === undefined ? {} : { shape: String(fields.shape_id) }),
    }));
    expect(found).toEqual(expected);
  });
});
