import { formatBytes } from '../../format/bytes.ts';
import { formatCount } from '../../format/counts.ts';
import type { Column } from './columns.ts';

/** Formats for copying rows. */
export type CopyFormat = 'tsv' | 'csv' | 'markdown' | 'json';

export const COPY_FORMATS: readonly { format: CopyFormat; name: string }[] = [
  { format: 'tsv', name: 'Tab-separated (spreadsheet)' },
  { format: 'csv', name: 'CSV' },
  { format: 'markdown', name: 'Markdown table' },
];

/** Formats for saving rows to a file. */
export const FILE_FORMATS: readonly {
  format: 'csv' | 'json';
  name: string;
  type: string;
  ending: string;
}[] = [
  { format: 'csv', name: 'Download CSV', type: 'text/csv', ending: 'csv' },
  { format: 'json', name: 'Download JSON', type: 'application/json', ending: 'json' },
];

/**
 * Rows as text, with a header first. Figures are exact, for further calculation, except in tables meant for reading.
 */
export function rowsAsText<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  format: CopyFormat,
): string {
  const header = columns.map(column => column.header);
  switch (format) {
    case 'tsv':
      return [header, ...cellsOf(columns, rows)].map(line => line.map(tsvCell).join('\t')).join('\n');
    case 'csv':
    case 'json': {
      const { head, between, tail } = fileFrame(columns, format);
      const piece = filePiece(columns, rows, format);
      return `${head}${piece === '' ? '' : between.first}${piece}${tail}`;
    }
    case 'markdown': {
      const rule = columns.map(column => (column.align === 'end' ? '--:' : '---'));
      const read = rows.map(row => columns.map(column => markdownCell(forPeople(column, column.text(row)))));
      return [header.map(markdownCell), rule, ...read].map(line => `| ${line.join(' | ')} |`).join('\n');
    }
  }
}

/** The formats of files. */
type FileFormat = (typeof FILE_FORMATS)[number]['format'];

/** The text before the rows of a file, before the first and each further piece of them, and after them. */
export function fileFrame<Row>(
  columns: readonly Column<Row>[],
  format: FileFormat,
): { head: string; between: { first: string; next: string }; tail: string } {
  if (format === 'json') return { head: '[', between: { first: '\n', next: ',\n' }, tail: '\n]' };
  const head = columns.map(({ header }) => csvCell(header)).join(',');
  return { head, between: { first: '\r\n', next: '\r\n' }, tail: '' };
}

/** A piece of the rows of a file. */
export function filePiece<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  format: FileFormat,
): string {
  const cells = cellsOf(columns, rows);
  if (format === 'csv') return cells.map(line => line.map(csvCell).join(',')).join('\r\n');
  return cells
    .map(line => Object.fromEntries(line.map((cell, at) => [columns[at]!.header, jsonCell(cell)])))
    .map(object => JSON.stringify(object, null, 2).replace(/^/gm, '  '))
    .join(',\n');
}

function cellsOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[][] {
  return rows.map(row => columns.map(column => column.text(row)));
}

/**
 * Prefixes an apostrophe to text that a spreadsheet would take for a formula, which could send cells elsewhere. Leading
 * blanks do not help, and full-width variants of the characters count as well. Numbers stay numbers.
 */
function inert(text: string): string {
  const isFormula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) || /^[\t\r\n]/.test(text);
  return isFormula && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}

function tsvCell(text: string): string {
  // A quote at the start would open a cell that extends over tabs and line breaks.
  return inert(text)
    .replace(/[\t\r\n]+/g, ' ')
    .replace(/^"/, '\'"');
}

/** Quotes as in RFC 4180. */
function csvCell(text: string): string {
  const cell = inert(text);
  return /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A decimal number is written as a number, everything else as text. */
function jsonCell(text: string): string | number {
  return /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** A figure with its unit, as shown on the page. */
function forPeople<Row>(column: Column<Row>, text: string): string {
  if (column.align !== 'end' || !/^\d+$/.test(text)) return text;
  return column.term?.endsWith('Bytes') ? formatBytes(Number(text)) : formatCount(Number(text));
}

/** Escapes Markdown, HTML, entities and math, and removes line breaks. */
function markdownCell(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\|`*_~$&<>[\]]/g, character => `\\${character}`);
}
