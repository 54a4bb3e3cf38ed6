import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../protocol/errors.ts';
import { AddressPages, popcount } from './address-pages.ts';

/** Adds addresses as the importer does, and returns the index with the keys. */
function index(addresses: readonly number[], shift: 2 | 3) {
  const pages = new AddressPages(shift);
  const keys: number[] = [];
  for (const address of addresses) {
    const key = pages.key(Math.floor(address / 65536), address % 65536);
    if (pages.addObject(key, keys.length)) keys.push(key);
  }
  pages.seal(Uint32Array.from(keys));
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

  it('takes an address once, and none that is not aligned', () => {
    const pages = new AddressPages(3);
    const key = pages.key(0x7f00, 0x28);
    expect(pages.addObject(key, 0)).toBe(true);
    expect(pages.addObject(key, 1)).toBe(false);
    expect(pages.key(0x7f00, 0x2c)).toBe(AddressPages.NO_KEY);
    expect(pages.addObject(AddressPages.NO_KEY, 1)).toBe(false);
  });

  it('holds a heap spread over terabytes, and says so when it touches more than 32 GiB of pages', () => {
    const pages = new AddressPages(3);
    for (let i = 0; i < 100_000; i++) pages.key(i * 1000, 8);
    expect(() => {
      for (let i = 0; i < 3_000_000; i++) pages.key(2 ** 30 + i, 8);
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
