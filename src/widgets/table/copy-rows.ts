import type { Column } from './columns.ts';

/** How rows can be copied. */
export type CopyFormat = 'tsv' | 'csv' | 'markdown';

export const COPY_FORMATS: readonly { format: CopyFormat; name: string }[] = [
  { format: 'tsv', name: 'Tab-separated (spreadsheet)' },
  { format: 'csv', name: 'CSV' },
  { format: 'markdown', name: 'Markdown table' },
];

/** Rows as text, a header first; figures exact, so that they can be computed with. */
export function rowsAsText<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  format: CopyFormat,
): string {
  const header = columns.map(column => column.header);
  const cells = rows.map(row => columns.map(column => column.text(row)));
  switch (format) {
    case 'tsv':
      return [header, ...cells].map(line => line.map(tsvCell).join('\t')).join('\n');
    case 'csv':
      return [header, ...cells].map(line => line.map(csvCell).join(',')).join('\r\n');
    case 'markdown': {
      const rule = columns.map(column => (column.align === 'end' ? '--:' : '---'));
      return [header.map(markdownCell), rule, ...cells.map(line => line.map(markdownCell))]
        .map(line => `| ${line.join(' | ')} |`)
        .join('\n');
    }
  }
}

/**
 * Keeps a spreadsheet from taking a text for a formula, which could send cells elsewhere: with an apostrophe before it.
 * Blanks before the sign do not help, and signs of East Asian width count as well. Numbers stay numbers.
 */
function inert(text: string): string {
  const isFormula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) || /^[\t\r\n]/.test(text);
  return isFormula && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}

function tsvCell(text: string): string {
  // A quote at the start would open a cell that goes on over tabs and line ends.
  return inert(text)
    .replace(/[\t\r\n]+/g, ' ')
    .replace(/^"/, '\'"');
}

/** Quoted as RFC 4180 says. */
function csvCell(text: string): string {
  const cell = inert(text);
  return /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Without markup, HTML, entities, formulas of mathematics, or line ends. */
function markdownCell(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\|`*_~$&<>[\]]/g, character => `\\${character}`);
}
