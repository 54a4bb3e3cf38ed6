import fc from 'fast-check';

const contents = fc.record({
  type: fc.constantFrom('ARRAY', 'HASH', 'STRING'),
  length: fc.option(fc.oneof(fc.nat(3), fc.nat(40)), { freq: 8 }),
  /** Bytes outside of the slot. */
  outside: fc.oneof(fc.constant(0), fc.nat(2000)),
  flags: fc.constantFrom('', ', "embedded":true', ', "shared":true', ', "frozen":true'),
  line: fc.integer({ min: 1, max: 3 }),
});

/** Texts of dumps as Ruby 3.2 and later write them: all slots of a heap page have the same size. */
export const randomPages: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.constantFrom(40, 80, 160, 640), fc.array(contents, { maxLength: 12 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map(pages => {
    const objects = pages.flatMap(([slotBytes, slots], page) =>
      slots.map(({ type, length, outside, flags, line }, slot) => {
        const address = `0x${(0x7f0000000000 + page * 0x10000 + slot * slotBytes).toString(16)}`;
        const key = { ARRAY: 'length', HASH: 'size', STRING: 'bytesize' }[type];
        const lengthText = length === null ? '' : `, "${key}":${length}`;
        const text = `{"address":"${address}", "type":"${type}", "slot_size":${slotBytes}${lengthText}${flags}, "file":"a.rb", "line":${line}, "generation":1, "memsize":${slotBytes + outside}}`;
        return { address, text };
      }),
    );
    const roots = `{"type":"ROOT", "root":"vm", "references":[${objects.map(({ address }) => `"${address}"`).join(', ')}]}`;
    return [roots, ...objects.map(({ text }) => text), ''].join('\n');
  });
