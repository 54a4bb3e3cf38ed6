import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordScanner } from '../importers/ruby/record-scanner.ts';
import { ProblemError } from '../protocol/errors.ts';
import { AddressPages, popcount } from './address-pages.ts';

function keyOf(scanner: RecordScanner, address: bigint): number {
  return scanner.addressKey(Number(address & 0xffff_ffffn), Number(address >> 32n));
}

/** Adds addresses as the importer does, and returns the index with the keys. */
function index(addresses: readonly bigint[], shift: 2 | 3) {
  const scanner = new RecordScanner(shift);
  const keys = Uint32Array.from(addresses, address => keyOf(scanner, address));
  const pages = new AddressPages(shift, scanner.takeBatch().pageNumbers.slice(), keys);
  return { pages, keys };
}

describe('AddressPages', () => {
  const slots = fc.uniqueArray(fc.nat(5000), { minLength: 1, maxLength: 300 });

  it('finds every object wherever its page lies, and nothing else', () => {
    const bases = fc.constantFrom(
      0n,
      0x1_0000n,
      0x7f00_0000_0000n,
      0x7fff_ffff_0000n,
      1n << 52n,
      (1n << 64n) - 0x10_0000n,
    );
    const places = fc.array(fc.tuple(bases, slots), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(places, fc.constantFrom(2 as const, 3 as const), (drawn, shift) => {
        const addresses = [
          ...new Set(drawn.flatMap(([base, list]) => list.map(slot => base + BigInt(slot * 40)))),
        ];
        const { pages, keys } = index(addresses, shift);
        addresses.forEach((address, object) => {
          expect(pages.objectAtAddress(address)).toBe(object);
          expect(pages.objectAt(keys[object]!)).toBe(object);
          expect(pages.address(keys[object]!)).toBe(address);
          expect(pages.objectAtText(`0x${address.toString(16).toUpperCase().padStart(16, '0')}`)).toBe(
            object,
          );
          expect(pages.objectAtAddress(address + 4n)).toBe(-1);
        });
      }),
    );
  });

  it('has a key for every address, aligned or not, and keeps their order', () => {
    const odd = fc.uniqueArray(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), {
      minLength: 1,
      maxLength: 200,
    });
    const near = fc.uniqueArray(fc.bigInt({ min: 0x7f00_0000n, max: 0x7f01_0000n }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(fc.oneof(odd, near), fc.constantFrom(2 as const, 3 as const), (addresses, shift) => {
        const { pages, keys } = index(addresses, shift);
        const ranks = pages.ranksByAddress();
        addresses.forEach((address, object) => {
          expect(pages.objectAt(keys[object]!)).toBe(object);
          expect(pages.objectAtAddress(address)).toBe(object);
          expect(pages.address(keys[object]!)).toBe(address);
        });
        const places = [...keys].map(key => pages.placeByAddress(key, ranks));
        const byPlace = addresses.map((_, object) => object).sort((a, b) => places[a]! - places[b]!);
        expect(byPlace.map(object => addresses[object]!)).toEqual(
          addresses.toSorted((a, b) => (a < b ? -1 : Number(a > b))),
        );
      }),
    );
  });

  it('finds nothing for a text that is not an address', () => {
    const { pages } = index([0x7f00_0028n], 3);
    for (const text of ['', '0x', 'address', '7f000028', '0x1_7f000028', `0x1${'0'.repeat(16)}`]) {
      expect(pages.objectAtText(text)).toBe(-1);
    }
  });

  it('indexes a heap spread over terabytes, and fails with a clear error when it touches more than 32 GiB of pages', () => {
    const scanner = new RecordScanner(3);
    for (let i = 0; i < 100_000; i++) keyOf(scanner, BigInt(i) * 65_536_000n + 8n);
    expect(() => {
      for (let i = 0; i < 3_000_000; i++) keyOf(scanner, 2n ** 46n + BigInt(i) * 65_536n + 8n);
    }).toThrow(ProblemError);
  });

  it('fails before it allocates pages for which there is no memory', () => {
    const scanner = new RecordScanner(3, 2 ** 20);
    const touch = (pages: number) => {
      for (let i = 0; i < pages; i++) keyOf(scanner, BigInt(i) * 16_384n);
    };
    touch(500);
    expect(() => touch(5000)).toThrow(/spread over more than [\d,]+ pages/);
  });

  it('counts bits', () => {
    fc.assert(
      fc.property(fc.integer(), word => {
        expect(popcount(word)).toBe((word >>> 0).toString(2).replaceAll('0', '').length);
      }),
    );
  });
});
