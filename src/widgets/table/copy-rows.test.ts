import { describe, expect, it } from 'vitest';
import type { Column } from './columns.ts';
import { rowsAsText } from './copy-rows.ts';

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
    expect(rowsAsText(columns, rows, 'tsv')).toBe('Name\tBytes\nUser\t40\n=A|"B", <C>\t-2'));
  it('quotes CSV and disarms formulas', () =>
    expect(rowsAsText(columns, rows, 'csv')).toBe('Name,Bytes\r\nUser,40\r\n"\'=A|""B"",\n<C>",-2'));
  it('escapes Markdown', () =>
    expect(rowsAsText(columns, rows, 'markdown')).toBe(
      '| Name | Bytes |\n| --- | --: |\n| User | 40 |\n| =A\\|"B", \\<C\\> | -2 |',
    ));
});
