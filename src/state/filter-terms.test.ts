import { describe, expect, it } from 'vitest';
import { OPEN_END } from './chips.ts';
import { parseFilter } from './filter-terms.ts';

const specs = (text: string) => {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.chips.map(chip => chip.spec);
};
const message = (text: string) => {
  const parsed = parseFilter(text);
  return parsed.ok ? null : parsed.message;
};

describe('parseFilter', () => {
  it('takes plain words as text', () => {
    expect(specs('audit trail')).toEqual([
      { kind: 'text', text: 'audit' },
      { kind: 'text', text: 'trail' },
    ]);
    expect(specs('"audit trail"')).toEqual([{ kind: 'text', text: 'audit trail' }]);
    expect(specs('AuditTrail::Event')).toEqual([{ kind: 'text', text: 'AuditTrail::Event' }]);
    expect(specs('   ')).toEqual([]);
  });

  it('knows the groups', () => {
    expect(specs('class:AuditTrail::Event type:string')).toEqual([
      { kind: 'group', key: 'class', label: 'AuditTrail::Event' },
      { kind: 'group', key: 'type', label: 'STRING' },
    ]);
    expect(specs('class:"(internal) ARRAY"')).toEqual([
      { kind: 'group', key: 'class', label: '(internal) ARRAY' },
    ]);
    expect(specs('site:app/a.rb:12')).toEqual([{ kind: 'group', key: 'site', label: 'app/a.rb:12' }]);
  });

  it('knows generations', () => {
    expect(specs('gen:47')).toEqual([{ kind: 'generations', from: 47, to: 47 }]);
    expect(specs('gen:40..52')).toEqual([{ kind: 'generations', from: 40, to: 52 }]);
    expect(specs('gen:40..')).toEqual([{ kind: 'generations', from: 40, to: OPEN_END }]);
    expect(specs('gen:4294967294')).toEqual([{ kind: 'generations', from: 2 ** 32 - 2, to: 2 ** 32 - 2 }]);
    expect(specs('gen:..9')).toEqual([{ kind: 'generations', from: 0, to: 9 }]);
    expect(specs('gen:untraced')).toEqual([{ kind: 'untraced' }]);
  });

  it('takes what a console prints of an object for its address', () => {
    const found = [{ kind: 'text', text: '0x7f2a40000198' }];
    expect(specs('#<Order:0x00007f2a40000198 @id=1, @name="A \\"b\\" -c">')).toEqual(found);
    expect(specs(' #<Order:0x00007f2a40000198>')).toEqual(found);
    expect(specs('id:80 object_id:88')).toEqual([
      { kind: 'text', text: 'id:80' },
      { kind: 'text', text: 'id:88' },
    ]);
    expect(message('id:')).toContain('id:80');
    expect(specs('#<Order id=1>')).toEqual([
      { kind: 'text', text: '#<Order' },
      { kind: 'text', text: 'id=1>' },
    ]);
  });

  it('negates and excludes', () => {
    expect(specs('-class:User')).toEqual([
      { kind: 'not', set: { kind: 'group', key: 'class', label: 'User' } },
    ]);
    expect(specs('is:unreachable')).toEqual([{ kind: 'reachability', reachable: false }]);
  });

  it('lets the later of two that exclude each other win', () => {
    expect(specs('class:A class:B')).toEqual([{ kind: 'group', key: 'class', label: 'B' }]);
  });

  it('says what is wrong', () => {
    expect(message('clas:User')).toContain('There is no term clas:');
    expect(message('class:')).toContain('class:User');
    expect(message('gen:abc')).toContain('gen:40..52');
    expect(message('gen:52..40')).toContain('gen:40..52');
    expect(message('is:big')).toContain('is:unreachable');
    expect(message('"open')).toContain('not closed');
  });
});
