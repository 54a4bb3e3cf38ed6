import { expect, it } from 'vitest';
import { openText } from '../testing/open-heap.ts';

const record = (at: number, fields: string) =>
  `{"address":"0x${(0x7f00_0000_0000 + at).toString(16)}", "type":"STRING"${fields}, "memsize":40}\n`;

/** Opens a text, and returns a function that counts the objects that a filter finds. */
async function counting(text: string) {
  const { session, info } = await openText(text);
  return async (filter: string) => {
    const answer = await session.ask('setSize', { snapshot: info.id, set: { kind: 'filter', text: filter } });
    return answer.objects;
  };
}

it('finds encodings and shapes, in any order and spacing of the fields, and slot sizes by page', async () => {
  const count = await counting(
    [
      record(0x40, ', "shape_id":3, "slot_size":40, "encoding":"UTF-8"'),
      record(0x68, ''),
      record(0x90, ',"encoding" : "Windows-1252","shape_id": 3'),
      record(0x4000, ', "encoding":"Windows-1252", "slot_size":80, "shape_id":0'),
      record(0x4050, ', "value":"\\"shape_id\\":7", "encoding":null, "shape_id":-1'),
    ].join(''),
  );
  expect([await count('slot:40'), await count('slot>40')]).toEqual([3, 2]);
  expect([await count('shape:3'), await count('shape:0'), await count('shape:7')]).toEqual([2, 1, 0]);
  expect(await count('shape:none')).toBe(2);
  expect([await count('encoding:UTF-8'), await count('encoding:windows-1252')]).toEqual([1, 2]);
  expect(await count('encoding:none')).toBe(2);
});

it('takes the last slot size of a page if its records contradict each other', async () => {
  const count = await counting(
    [record(0x40, ', "slot_size":40'), record(0x68, ', "slot_size":80'), record(0x90, '')].join(''),
  );
  expect([await count('slot:40'), await count('slot:80')]).toEqual([0, 3]);
});
