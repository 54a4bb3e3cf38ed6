import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LineRedactor } from './line-redactor.ts';

const MASK = 0xffff_ffff_ffff_ffffn;

/** SipHash-2-4 on 64-bit integers, as its authors define it. */
function oracle(key: readonly [bigint, bigint], bytes: Uint8Array): bigint {
  let [v0, v1, v2, v3] = [
    key[0] ^ 0x736f6d6570736575n,
    key[1] ^ 0x646f72616e646f6dn,
    key[0] ^ 0x6c7967656e657261n,
    key[1] ^ 0x7465646279746573n,
  ];
  const turned = (value: bigint, by: bigint) => ((value << by) | (value >> (64n - by))) & MASK;
  const round = () => {
    v0 = (v0 + v1) & MASK;
    v1 = turned(v1, 13n) ^ v0;
    v0 = turned(v0, 32n);
    v2 = (v2 + v3) & MASK;
    v3 = turned(v3, 16n) ^ v2;
    v0 = (v0 + v3) & MASK;
    v3 = turned(v3, 21n) ^ v0;
    v2 = (v2 + v1) & MASK;
    v1 = turned(v1, 17n) ^ v2;
    v2 = turned(v2, 32n);
  };
  const padded = [...bytes, ...new Array<number>(7 - (bytes.length % 8)).fill(0), bytes.length & 255];
  for (let at = 0; at < padded.length; at += 8) {
    const word = padded.slice(at, at + 8).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  }
  v2 ^= 0xffn;
  for (let rounds = 0; rounds < 4; rounds++) round();
  return v0 ^ v1 ^ v2 ^ v3;
}

const hashOf = (key: string, bytes: Uint8Array) =>
  BigInt(`0x${new LineRedactor(key, [], () => '').hash(bytes)}`);

it('gives the value that its authors published', () => {
  // Key 00 01 … 0f, whose words are little-endian, and the message 00 01 … 0e.
  const message = Uint8Array.from({ length: 15 }, (_, at) => at);
  expect(hashOf('07060504030201000f0e0d0c0b0a0908', message)).toBe(0xa129ca6149be45e5n);
});

it('is what its definition says, of texts of any length, one after the other', () => {
  const word = fc.bigInt({ min: 0n, max: MASK });
  const texts = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 4 });
  fc.assert(
    fc.property(word, word, texts, (first, second, given) => {
      const key = [first, second].map(each => each.toString(16).padStart(16, '0')).join('');
      const redactor = new LineRedactor(key, [], () => '');
      for (const bytes of given) {
        expect(BigInt(`0x${redactor.hash(bytes)}`)).toBe(oracle([first, second], bytes));
      }
    }),
  );
});

it('takes 32 hexadecimal digits for a key, and nothing else', () => {
  for (const key of ['0'.repeat(31), 'g'.repeat(32)]) {
    expect(() => new LineRedactor(key, [], () => '')).toThrow('32 hexadecimal digits');
  }
});
