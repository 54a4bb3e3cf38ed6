/**
 * What the reader is known to get wrong, and is being mended: mutations that `npm test` leaves out until then. `npm run
 * fuzz` leaves out nothing. A test wants each of these still to fail, so that none stays here once it is mended.
 */
export const AWAITED_MUTATIONS: Readonly<Record<string, string>> = {
  'impossible numbers': 'the whole record is skipped; generations of a heap of 0 bytes end in an exception',
  'fields of other types':
    'the whole record is skipped; generations of a heap of 0 bytes end in an exception',
  'swapped fields': 'as fields of other types',
  'impossible addresses': 'one address of more digits makes the reader lose half of a 32-bit dump',
  'padded, upper-case and large addresses': 'their records are not found again; rounded above 2^53',
  'unknown keys':
    'a text runs on behind a key that is not of lower-case letters; nested records are taken for fields',
  'deep nesting': 'nested objects end at their first brace',
  'other spaces': 'not read, or refused',
  'pretty-printed': 'not read, or refused',
  'keys in another order': 'not read, or refused',
  'one array': 'records on one line become one',
  'glued lines': 'two records on one line become one',
  'CR LF, blank lines and NULs between lines':
    'a space at the end of a line joins two records where they are shown',
  'duplicated lines': 'counted as skipped, too',
  'two dumps in one file': 'the second dump is mixed into the first',
  'a long log before': 'the first 64 KiB decide the width of addresses',
  'flipped bits': 'a newline that is lost makes one record of two',
  'changed bytes': 'generations of a heap of 0 bytes end in an exception',
  'cut lines': 'a cut record takes the fields of the one behind it on its line',
  'inserted bytes': 'a record that is broken off takes the fields of the one behind it',
  splices: 'generations of a heap of 0 bytes end in an exception',
};

/** Mutations that are read right by themselves and wrong together with others, and are left out until then, too. */
export const AWAITED_TOGETHER: Readonly<Record<string, string>> = {
  'removed bytes': 'a cut record takes the fields of the one behind it, where that one has a prefix',
};

/** Checks that the reader does not pass yet whatever the dump. */
export const AWAITED_CHECKS: Readonly<Record<string, string>> = {
  'record count': 'the import report does not count records yet',
};
