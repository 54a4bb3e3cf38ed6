import { expect, it } from 'vitest';
import type { FileKey } from '../protocol/object-set.ts';
import { openText } from '../testing/open-heap.ts';

const record = (at: number, fields: string) =>
  `{"address":"0x${(0x7f00_0000_0000 + at).toString(16)}", "type":"STRING"${fields}, "memsize":40}\n`;

/** How many objects a filter finds, and what can be answered without reading the file. */
async function asking(text: string) {
  const { session, info } = await openText(text);
  const find = async (filter: string) => {
    const answer = await session.ask('setSize', { snapshot: info.id, set: { kind: 'filter', text: filter } });
    return answer.objects;
  };
  const isRead = (fileKey: FileKey) => session.ask('isRead', { snapshot: info.id, fileKey });
  return { find, isRead };
}

it('takes slot sizes from pages, and reads encodings and shapes together when one is asked for', async () => {
  const { find, isRead } = await asking(
    [
      record(0x40, ', "shape_id":3, "slot_size":40, "encoding":"UTF-8"'),
      record(0x68, ''),
      record(0x4000, ', "shape_id":3, "slot_size":80'),
    ].join(''),
  );
  expect(await find('slot:40')).toBe(2);
  expect(await find('slot>40')).toBe(1);
  expect([await isRead('slot'), await isRead('shape'), await isRead('encoding')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(await find('shape:3')).toBe(2);
  expect([await isRead('slot'), await isRead('shape'), await isRead('encoding')]).toEqual([true, true, true]);
  expect(await find('encoding:UTF-8')).toBe(1);
});

it('reads slot sizes from the file where records of a page contradict each other', async () => {
  const { find, isRead } = await asking(
    [record(0x40, ', "slot_size":40'), record(0x68, ', "slot_size":80'), record(0x90, '')].join(''),
  );
  expect(await isRead('slot')).toBe(false);
  expect([await find('slot:40'), await find('slot:80')]).toEqual([1, 1]);
  expect(await isRead('slot')).toBe(true);
});
