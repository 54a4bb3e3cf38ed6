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

function tsvCell(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ');
}

/** Quoted as RFC 4180 says; what a spreadsheet would take for a formula is kept from being one. */
function csvCell(text: string): string {
  const inert = /^[=+\-@]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

function markdownCell(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\|`*_<>[\]]/g, character => `\\${character}`);
}
