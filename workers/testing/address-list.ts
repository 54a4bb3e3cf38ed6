import type { AddressList } from '../importers/importer.ts';

/** Addresses that a test writes as text, as importers take them. */
export function addressList(addresses: readonly string[]): AddressList {
  return {
    length: addresses.length,
    number(at) {
      const address = Number(addresses[at]);
      return Number.isSafeInteger(address) ? address : Number.NaN;
    },
    text: at => addresses[at]!,
  };
}
