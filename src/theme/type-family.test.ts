import { expect, test } from 'vitest';
import { typeFamily } from './type-family.ts';

test.each(['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty', 'IMEMO', ''])(
  'the type %s, which is not listed, is internal',
  type => expect(typeFamily(type)).toBe('hidden'),
);

test('a listed type has its family, several types are mixed', () => {
  expect(typeFamily('STRING')).toBe('text');
  expect(typeFamily(null)).toBe('mixed');
});
