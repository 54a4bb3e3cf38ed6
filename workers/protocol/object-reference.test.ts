import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addressText, readObjectReference } from './object-reference.ts';

describe('readObjectReference', () => {
  it.each([
    '0x7f2a40000198',
    '0x00007f2a40000198',
    '0X00007F2A40000198',
    ' 0x7f2a40000198\n',
    '7f2a40000198',
    '00007f2a40000198',
    '00007F2A40000198',
    '#<Order:0x00007f2a40000198>',
    '#<Order:0x00007f2a40000198 @id=1, @customer=#<Customer:0x00007f2a400001c0>>',
    '#<Order:0x00007f2a40000198 @id=1, @lin',
    '#<Admin::Order:0x00007f2a40000198>',
    '#<Proc:0x00007f2a40000198 /srv/app/a.rb:12 (lambda)>',
    '#<Class:0x00007f2a40000198>',
    '#<Class:#<Order:0x00007f2a40000198>>',
  ])('an address: %s', text => {
    expect(readObjectReference(text)).toMatchObject({ kind: 'address', address: 0x7f2a40000198n });
  });

  it.each([
    ['80', 80n, null],
    ['object_id: 80', 80n, null],
    ['id:80', 80n, null],
    ['"object_id":80', 80n, null],
    ['69912354816204', 69912354816204n, 0x69912354816204n],
    ['-613566748', -613566748n, null],
    ['18446744073709551615', 18446744073709551615n, null],
  ])('an object id: %s', (text, id, address) => {
    expect(readObjectReference(text)).toEqual({ kind: 'id', id, address });
  });

  it('reads sixteen decimal digits with a leading zero as a padded address', () => {
    expect(readObjectReference('0000560000000198')).toEqual({
      kind: 'address',
      address: 0x560000000198n,
      certain: true,
    });
  });

  it.each([
    '',
    'Order',
    '0x',
    '0xyz',
    'cafe',
    'Decade',
    '#<Order>',
    '#<Order id: 1>',
    '12.5',
    '0x1ffffffffffffffff',
  ])('nothing: %j', text => expect(readObjectReference(text)).toBeNull());

  test('every 64-bit address is read as it was printed', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << 64n) - 1n), fc.boolean(), (address, upper) => {
        const digits = address.toString(16).padStart(16, '0');
        for (const text of [
          addressText(address),
          `0x${upper ? digits.toUpperCase() : digits}`,
          `#<A:0x${digits} @a=1>`,
        ])
          expect(readObjectReference(text)).toEqual({ kind: 'address', address, certain: true });
      }),
    );
  });
});
