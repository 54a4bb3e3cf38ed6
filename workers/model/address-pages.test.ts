import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordScanner } from '../importers/ruby/record-scanner.ts';
import { ProblemError } from '../protocol/errors.ts';
import { AddressPages, popcount } from './address-pages.ts';

/** Adds addresses as the importer does, and returns the index with the keys. */
function index(addresses: readonly number[], shift: 2 | 3) {
  const scanner = new RecordScanner(shift);
  const keys = Uint32Array.from(addresses, address => scanner.addressKey(BigInt(address)));
  const pages = new AddressPages(shift, scanner.takeBatch().pageNumbers.slice(), keys);
  return { pages, keys };
}

describe('AddressPages', () => {
  const slots = fc.uniqueArray(fc.nat(5000), { minLength: 1, maxLength: 300 });

  it('finds every object wherever its page lies, and nothing else', () => {
    const bases = fc.constantFrom(0, 0x10000, 0x7f00_0000_0000, 0x7fff_ffff_0000, 2 ** 52);
    const places = fc.array(fc.tuple(bases, slots), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(places, fc.constantFrom(2 as const, 3 as const), (drawn, shift) => {
        const addresses = [...new Set(drawn.flatMap(([base, list]) => list.map(slot => base + slot * 40)))];
        const { pages, keys } = index(addresses, shift);
        addresses.forEach((address, object) => {
          expect(pages.objectAtAddress(address)).toBe(object);
          expect(pages.objectAt(keys[object]!)).toBe(object);
          expect(pages.address(keys[object]!)).toBe(address);
          expect(pages.objectAtAddress(address + 4)).toBe(-1);
        });
      }),
    );
  });

  it('has no key for an address that is not aligned', () => {
    const scanner = new RecordScanner(3);
    expect(scanner.addressKey(0x7f00_0028n)).not.toBe(0);
    expect(scanner.addressKey(0x7f00_002cn)).toBe(0);
  });

  it('holds a heap spread over terabytes, and says so when it touches more than 32 GiB of pages', () => {
    const scanner = new RecordScanner(3);
    for (let i = 0; i < 100_000; i++) scanner.addressKey(BigInt(i) * 65_536_000n + 8n);
    expect(() => {
      for (let i = 0; i < 3_000_000; i++) scanner.addressKey(2n ** 46n + BigInt(i) * 65_536n + 8n);
    }).toThrow(ProblemError);
  });

  it('counts bits', () => {
    fc.assert(
      fc.property(fc.integer(), word => {
        expect(popcount(word)).toBe((word >>> 0).toString(2).replaceAll('0', '').length);
      }),
    );
  });
});
