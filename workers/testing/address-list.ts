import type { AddressList } from '../importers/importer.ts';

/** Converts addresses written as text to the form that importers use. */
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
