import { describe, expect, it } from 'vitest';
import { openRubyHeap, openText } from '../testing/open-heap.ts';

const WITH_IDS = [
  '{"type":"ROOT", "root":"vm", "references":["0x7f2a40000170", "0x7f2a40000300", "0x7f2a40000328"]}',
  '{"address":"0x7f2a40000170", "type":"CLASS", "shape_id":0, "slot_size":160, "name":"Order80", "memsize":600, "flags":{"age":3}}',
  '{"address":"0x7f2a40000300", "type":"OBJECT", "shape_id":0, "slot_size":40, "class":"0x7f2a40000170", "memsize":40, "flags":{"age":3, "object_id":80}}',
  '{"address":"0x7f2a40000328", "type":"OBJECT", "shape_id":0, "slot_size":40, "class":"0x7f2a40000170", "memsize":40, "flags":{"age":0, "object_id":88}}',
  '',
].join('\n');

describe('find', () => {
  it('finds an object by anything that a console prints for it', async () => {
    const { session, info } = await openText(WITH_IDS);
    const find = (text: string) => session.ask('find', { snapshot: info.id, text });
    for (const text of [
      '0x7f2a40000300',
      '0x00007f2a40000300',
      '0X00007F2A40000300',
      '00007F2A40000300',
      '#<Order:0x00007f2a40000300 @id=1>',
      '80',
      'object_id: 80',
    ])
      expect(await find(text), text).toEqual({ object: 1, address: '0x7f2a40000300' });
    for (const text of ['0x7f2a40000301', '81', '#<Order:0x00007f2a40000371>', 'Order', '0x300'])
      expect(await find(text), text).toBeNull();
  });

  it('narrows to the same objects, and to those whose names contain the text', async () => {
    const { session, info } = await openText(WITH_IDS);
    const members = async (text: string) => {
      const set = { kind: 'text', text } as const;
      const params = {
        snapshot: info.id,
        set,
        sort: 'address',
        descending: false,
        offset: 0,
        limit: 9,
      } as const;
      return (await session.ask('objects', params)).rows.map(row => row.address);
    };
    expect(await members('0x00007F2A40000300')).toEqual(['0x7f2a40000300']);
    expect(await members('id:88')).toEqual(['0x7f2a40000328']);
    expect(await members('88')).toEqual(['0x7f2a40000328']);
    expect(await members('80')).toEqual(['0x7f2a40000170', '0x7f2a40000300', '0x7f2a40000328']);
    const sizes = await session.ask('setSizes', {
      snapshot: info.id,
      sets: [{ kind: 'not', set: { kind: 'text', text: 'id:80' } }],
    });
    expect(sizes).toEqual([{ objects: 2, shallowBytes: 640 }]);
  });

  it('reads decimal ids of old Rubies as half the address, and those of newer ones not', async () => {
    const old = await openRubyHeap('vm => a b\na STRING\nb STRING value=x');
    const id = BigInt(old.drawn.address('b')) / 2n;
    expect(await old.session.ask('find', { snapshot: old.info.id, text: String(id) })).toEqual({
      object: old.index('b'),
      address: old.drawn.address('b'),
    });
    const newer = await openText(WITH_IDS);
    const text = String(0x7f2a40000300n / 2n);
    expect(await newer.session.ask('find', { snapshot: newer.info.id, text })).toBeNull();
  });

  it('reads the ids of a compressed dump, too', async () => {
    const { session, info } = await openText(WITH_IDS, { packed: true });
    expect(await session.ask('find', { snapshot: info.id, text: '88' })).toEqual({
      object: 2,
      address: '0x7f2a40000328',
    });
  });

  it('stops reading ids when the questions are cancelled, and reads them when asked again', async () => {
    const { session, info } = await openText(WITH_IDS);
    const asked = session.ask('find', { snapshot: info.id, text: '80' });
    await session.cancelQuestions();
    await expect(asked).rejects.toThrow('cancelled');
    expect(await session.ask('find', { snapshot: info.id, text: '80' })).toMatchObject({ object: 1 });
  });
});
