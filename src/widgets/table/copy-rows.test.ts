import { describe, expect, it } from 'vitest';
import type { Column } from './columns.ts';
import { fileFrame, filePiece, rowsAsText } from './copy-rows.ts';

const columns: Column<{ name: string; bytes: number }>[] = [
  { id: 'name', header: 'Name', width: '', cell: row => row.name, text: row => row.name },
  {
    id: 'bytes',
    header: 'Bytes',
    width: '',
    align: 'end',
    cell: row => row.bytes,
    text: row => String(row.bytes),
  },
];
const rows = [
  { name: 'User', bytes: 40 },
  { name: '=A|"B",\n<C>', bytes: -2 },
];

describe('rowsAsText', () => {
  it('separates by tabs', () =>
    expect(rowsAsText(columns, rows, 'tsv')).toBe('Name\tBytes\nUser\t40\n\'=A|"B", <C>\t-2'));
  it('quotes CSV and neutralises formulas', () =>
    expect(rowsAsText(columns, rows, 'csv')).toBe('Name,Bytes\r\nUser,40\r\n"\'=A|""B"",\n<C>",-2'));
  it.each(['=1', '+1+1', '-1+1', '@SUM(1)', '\t=1', '\r=1', '  =1', '\uff1d1', '-=1'])(
    'makes no formula of %j',
    text => {
      for (const format of ['tsv', 'csv'] as const) {
        const [, row = ''] = rowsAsText(columns, [{ name: text, bytes: 1 }], format).split(/\r?\n/);
        expect(row).toMatch(/^"?'/);
      }
    },
  );
  it('opens no quoted cell in tab-separated text', () =>
    expect(rowsAsText(columns, [{ name: '"a', bytes: 1 }], 'tsv')).toBe('Name\tBytes\n\'"a\t1'));
  it('does not change numbers', () =>
    expect(rowsAsText(columns, [{ name: '-1.5', bytes: -40 }], 'csv')).toBe('Name,Bytes\r\n-1.5,-40'));
  it('escapes characters with a meaning in Markdown, HTML or math', () =>
    expect(
      rowsAsText(columns, [{ name: '[a](b) &lt; `c` $d$ ~~e~~\n<img>', bytes: 1 }], 'markdown'),
    ).toContain('| \\[a\\](b) \\&lt; \\`c\\` \\$d\\$ \\~\\~e\\~\\~ \\<img\\> |'));
  it('escapes Markdown', () =>
    expect(rowsAsText(columns, rows, 'markdown')).toBe(
      '| Name | Bytes |\n| --- | --: |\n| User | 40 |\n| =A\\|"B", \\<C\\> | -2 |',
    ));
  it('is the same in one piece and in several, as a file', () => {
    const many = Array.from({ length: 7 }, (_, at) => ({ name: `"${at}`, bytes: at }));
    for (const format of ['csv', 'json'] as const) {
      const { head, between, tail } = fileFrame(columns, format);
      const pieces = [many.slice(0, 3), many.slice(3)].map(rowsOfPiece =>
        filePiece(columns, rowsOfPiece, format),
      );
      const whole = `${head}${between.first}${pieces.join(between.next)}${tail}`;
      expect(whole).toBe(rowsAsText(columns, many, format));
    }
    const read: unknown = JSON.parse(rowsAsText(columns, many, 'json'));
    expect(read).toEqual(many.map(({ name, bytes }) => ({ Name: name, Bytes: bytes })));
    expect(JSON.parse(rowsAsText(columns, [], 'json'))).toEqual([]);
    expect(rowsAsText(columns, [], 'csv')).toBe('Name,Bytes');
  });
});
